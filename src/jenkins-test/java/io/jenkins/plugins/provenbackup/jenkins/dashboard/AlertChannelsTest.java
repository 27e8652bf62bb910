package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import hudson.tasks.Mailer;
import hudson.util.FormValidation;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.provenbackup.engine.alerts.Alert;
import io.jenkins.plugins.provenbackup.engine.alerts.Notice;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import jenkins.model.JenkinsLocationConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Who is told of alerts, and what becomes of what cannot be sent: by Mailer to a real server. */
@WithJenkins
class AlertChannelsTest {

    private final GreenMail mails = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @TempDir
    private Path directory;

    @BeforeEach
    void start() {
        mails.start();
    }

    @AfterEach
    void stop() {
        mails.stop();
    }

    @Test
    void everybodyGetsAMailOfTheirOwn(JenkinsRule jenkins) throws Exception {
        mailer(mails.getSmtp().getPort());
        AlertConfiguration.get().setMailRecipients("ops@example.org, boss@example.org");

        Outbox.get().add(List.of(notice()));
        waitFor(() -> mails.getReceivedMessages().length == 2);

        assertThat(Arrays.stream(mails.getReceivedMessages()).map(AlertChannelsTest::recipient))
                .containsExactlyInAnyOrder("ops@example.org", "boss@example.org");
        MimeMessage mail = mails.getReceivedMessages()[0];
        assertThat(mail.getFrom()[0]).hasToString("Jenkins <jenkins@example.org>");
        assertThat(mail.getSubject()).isEqualTo("[Proven Backup] shop: Objective missed: rpo/db");
        assertThat(mail.getContent().toString()).contains(jenkins.getURL() + "proven-backup/policy/shop/");
        waitFor(() -> Outbox.get().size() == 0);
    }

    @Test
    void whatCannotBeSentWaits(JenkinsRule jenkins) throws Exception {
        int port = mails.getSmtp().getPort();
        mails.stop();
        mailer(port);
        AlertConfiguration.get().setMailRecipients("ops@example.org");

        Outbox.get().add(List.of(notice()));

        Path file = jenkins.jenkins.getRootDir().toPath().resolve("proven-backup/outbox.json");
        waitFor(() -> text(file).contains("\"failures\":1"));
        assertThat(text(file)).contains("\"recipient\":\"ops@example.org\"");
        AlertConfiguration.get().setMailRecipients("");
        assertThat(AlertChannels.find("mail", "ops@example.org")).isEmpty();
    }

    @Test
    void aChannelThatHangsDoesNotKeepTheOther(JenkinsRule jenkins) throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
        try {
            mailer(mails.getSmtp().getPort());
            AlertConfiguration.get()
                    .setWebhookUrl("http://127.0.0.1:" + server.getAddress().getPort() + "/");
            AlertConfiguration.get().setMailRecipients("ops@example.org");
            Outbox.get().add(List.of(notice(), notice()));
            waitFor(() -> mails.getReceivedMessages().length == 2);
            // A mail has arrived before the outbox strikes it off.
            waitFor(() -> Outbox.get().size() == 2);
            Path file = jenkins.jenkins.getRootDir().toPath().resolve("proven-backup/outbox.json");
            assertThat(text(file)).contains("\"channel\":\"webhook\"").doesNotContain("ops@example.org");
        } finally {
            end.countDown();
            server.stop(0);
        }
    }

    @Test
    void theFormTakesAddressesAndSaysWhatIsNone(JenkinsRule jenkins) throws Exception {
        AlertConfiguration.get().setMailRecipients("ops@example.org");
        jenkins.configRoundtrip();
        AlertConfiguration configuration = AlertConfiguration.get();
        assertThat(configuration.getMailRecipients()).isEqualTo("ops@example.org");

        assertThat(configuration.doCheckMailRecipients("ops@example.org boss@example.org").kind)
                .isEqualTo(FormValidation.Kind.OK);
        assertThat(configuration.doCheckMailRecipients("").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(configuration.doCheckMailRecipients("ops").kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThatIllegalArgumentException().isThrownBy(() -> configuration.setMailRecipients("ops"));
    }

    @Test
    void configurationAsCodeSetsThem(JenkinsRule jenkins) throws Exception {
        ConfigurationAsCode.get()
                .configure(
                        Files.writeString(directory.resolve("alerts.yaml"), """
                                unclassified:
                                  provenBackupAlerts:
                                    mailRecipients: ops@example.org boss@example.org
                                    webhookUrl: https://chat.example/hook
                                """).toString());

        assertThat(AlertConfiguration.get().getMailRecipients()).isEqualTo("ops@example.org boss@example.org");
        assertThat(AlertConfiguration.get().getWebhookUrl()).isEqualTo("https://chat.example/hook");
    }

    private static void mailer(int port) {
        Mailer.descriptor().setSmtpHost("127.0.0.1");
        Mailer.descriptor().setSmtpPort(Integer.toString(port));
        JenkinsLocationConfiguration.get().setAdminAddress("Jenkins <jenkins@example.org>");
    }

    private static Notice notice() {
        Instant now = Instant.now();
        return new Notice(
                Notice.Event.RAISED,
                new Alert("shop", Alert.Kind.OBJECTIVE_MISSED, "rpo/db", "30 h old", "Back up.", now),
                now);
    }

    private static String recipient(MimeMessage mail) {
        try {
            return mail.getAllRecipients()[0].toString();
        } catch (jakarta.mail.MessagingException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            return "";
        }
    }

    private static void waitFor(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 300 && !condition.getAsBoolean(); i++) {
            Thread.sleep(100);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
