package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import io.jenkins.plugins.provenbackup.engine.alerts.MailAddresses;
import io.jenkins.plugins.provenbackup.engine.alerts.Notice;
import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.plugins.mailer.tasks.MimeMessageBuilder;

/** Sends alerts by mail, with the server and the sender that the Mailer plugin has. To be used only where that is installed. */
final class MailChannel implements AlertChannel {

    private static final Logger LOGGER = Logger.getLogger(MailChannel.class.getName());

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public List<String> recipients() {
        try {
            return MailAddresses.parse(AlertConfiguration.get().getMailRecipients());
        } catch (IllegalArgumentException e) {
            LOGGER.log(Level.WARNING, "No alert is sent by mail: {0}", e.getMessage());
            return List.of();
        }
    }

    @Override
    public void send(Notice notice, String recipient, String link) throws IOException {
        AlertMail.send(() -> new MimeMessageBuilder().buildMimeMessage(), notice, recipient, link);
    }
}
