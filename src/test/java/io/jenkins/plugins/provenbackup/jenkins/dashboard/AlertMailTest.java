package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.jenkins.plugins.provenbackup.engine.alerts.Alert;
import io.jenkins.plugins.provenbackup.engine.alerts.Notice;
import io.jenkins.plugins.provenbackup.engine.alerts.RefusedByServer;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mails to a real server, and to some that refuse them. */
class AlertMailTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    private static final String LINK = "https://jenkins.example/proven-backup/policy/shop/";

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void sendsWhatPeopleCanRead() throws Exception {
        send(
                new Notice(Notice.Event.RAISED, alert("rpo/büro"), NOW),
                "ops@example.org",
                server.getSmtp().getPort());

        MimeMessage mail = received();
        assertThat(mail.getFrom()).containsExactly(new InternetAddress("jenkins@example.org", "Jenkins"));
        assertThat(mail.getAllRecipients()).containsExactly(new InternetAddress("ops@example.org"));
        assertThat(mail.getSubject()).isEqualTo("[Proven Backup] shop: Objective missed: rpo/büro");
        assertThat(mail.getContentType()).isEqualToIgnoringCase("text/plain; charset=UTF-8");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mail.getSentDate().toInstant()).isEqualTo(NOW);
        assertThat(mail.getContent().toString().replace("\r\n", "\n").strip()).isEqualTo("""
                Raised at 2026-03-04T05:06:07Z.

                Policy: shop
                Objective missed: rpo/büro
                30 h old

                What to do: Back up.

                https://jenkins.example/proven-backup/policy/shop/""");
    }

    @Test
    void saysThatItIsOver() throws Exception {
        send(
                new Notice(Notice.Event.CLEARED, alert("rpo/db"), NOW),
                "ops@example.org",
                server.getSmtp().getPort());

        MimeMessage mail = received();
        assertThat(mail.getSubject()).isEqualTo("[Proven Backup] over: shop: Objective missed: rpo/db");
        assertThat(mail.getContent().toString())
                .startsWith("This is over since 2026-03-04T05:06:07Z. It was raised at 2026-03-04T04:06:07Z.")
                .doesNotContain("What to do");
    }

    @Test
    void aNameCannotWriteHeaders() throws Exception {
        send(
                new Notice(Notice.Event.RAISED, alert("x\r\nBcc: thief@example.org\r\n\r\nhello"), NOW),
                "ops@example.org",
                server.getSmtp().getPort());

        MimeMessage mail = received();
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getSubject()).contains("x Bcc: thief@example.org hello");
        assertThat(mail.getRecipients(Message.RecipientType.TO)).hasSize(1);
    }

    @Test
    void anAddressThatTheServerCallsWrongIsNotTriedAgain() throws Exception {
        try (SmtpScript stubborn = new SmtpScript("550 5.1.1 no such user here")) {
            assertThatIOException()
                    .isThrownBy(() -> send(notice(), "gone@example.org", stubborn.port()))
                    .isInstanceOf(RefusedByServer.class)
                    .withMessageContaining("gone@example.org")
                    .withMessageContaining("550 5.1.1 no such user here");
        }
        assertThatIOException()
                .isThrownBy(() -> send(notice(), "no address", server.getSmtp().getPort()))
                .isInstanceOf(RefusedByServer.class);
    }

    @Test
    void whatMayPassIsTriedAgain() throws Exception {
        for (String answer : new String[] {"451 4.7.1 come back later", "452 4.2.2 mailbox full"}) {
            try (SmtpScript busy = new SmtpScript(answer)) {
                assertThatIOException()
                        .isThrownBy(() -> send(notice(), "ops@example.org", busy.port()))
                        .isNotInstanceOf(RefusedByServer.class)
                        .withMessageContaining(answer);
            }
        }
    }

    @Test
    void aServerThatIsNotThereIsTriedAgain() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        assertThatIOException()
                .isThrownBy(() -> send(notice(), "ops@example.org", port))
                .isNotInstanceOf(RefusedByServer.class)
                .withMessageContaining("ops@example.org was not sent");
    }

    private MimeMessage received() {
        assertThat(server.getReceivedMessages()).hasSize(1);
        return server.getReceivedMessages()[0];
    }

    private static Notice notice() {
        return new Notice(Notice.Event.RAISED, alert("rpo/db"), NOW);
    }

    private static Alert alert(String subject) {
        return new Alert("shop", Alert.Kind.OBJECTIVE_MISSED, subject, "30 h old", "Back up.", NOW.minusSeconds(3600));
    }

    private static void send(Notice notice, String recipient, int port) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", "127.0.0.1");
        properties.setProperty("mail.smtp.port", Integer.toString(port));
        properties.setProperty("mail.smtp.timeout", "20000");
        properties.setProperty("mail.smtp.connectiontimeout", "20000");
        AlertMail.send(
                () -> {
                    MimeMessage message = new MimeMessage(Session.getInstance(properties));
                    message.setFrom(new InternetAddress("jenkins@example.org", "Jenkins"));
                    return message;
                },
                notice,
                recipient,
                LINK);
    }
}
