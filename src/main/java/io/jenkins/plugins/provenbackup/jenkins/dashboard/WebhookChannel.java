package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import hudson.Extension;
import io.jenkins.plugins.provenbackup.engine.alerts.Notice;
import io.jenkins.plugins.provenbackup.engine.alerts.Webhook;
import io.jenkins.plugins.provenbackup.jenkins.secrets.SecretText;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Sends alerts to a URL. */
@Extension
public final class WebhookChannel implements AlertChannel {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public List<String> recipients() {
        return AlertConfiguration.get().getWebhookUrl().isEmpty() ? List.of() : List.of("");
    }

    @Override
    public void send(Notice notice, String recipient, String link) throws IOException, InterruptedException {
        AlertConfiguration configuration = AlertConfiguration.get();
        String id = configuration.getWebhookCredentialsId();
        String authorization = id.isEmpty() ? "" : "Bearer " + SecretText.of(id);
        try {
            new Webhook(configuration.getWebhookUrl(), TIMEOUT).send(notice.body(link), authorization);
        } catch (IllegalArgumentException e) {
            throw new IOException("The webhook cannot be used: " + e.getMessage(), e);
        }
    }
}
