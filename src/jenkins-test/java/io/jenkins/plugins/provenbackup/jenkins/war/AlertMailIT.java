package io.jenkins.plugins.provenbackup.jenkins.war;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An alert by mail from a real Jenkins, where the libraries for mail belong to other plugins. */
class AlertMailIT {

    @TempDir
    private Path folder;

    @Test
    void goesOutByMailer() throws Exception {
        GreenMail mails = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mails.start();
        try (RunningJenkins jenkins = RunningJenkins.at(folder.resolve("home"))
                .withPlugins("proven-backup", "mailer")
                .start()) {
            assertThat(jenkins.script("""
                            import java.time.Instant
                            def ours = Jenkins.get().pluginManager.getPlugin('proven-backup').classLoader
                            def root = 'io.jenkins.plugins.provenbackup.'
                            def mailer = Jenkins.get().getDescriptorByName('hudson.tasks.Mailer')
                            mailer.smtpHost = '127.0.0.1'
                            mailer.smtpPort = '%d'
                            jenkins.model.JenkinsLocationConfiguration.get().adminAddress = 'jenkins@example.org'
                            Jenkins.get().getDescriptor(ours.loadClass(root + 'jenkins.dashboard.AlertConfiguration'))
                                    .mailRecipients = 'ops@example.org'
                            def kind = ours.loadClass(root + 'engine.alerts.Alert$Kind').SNAPSHOT_REMOVED
                            def alert = ours.loadClass(root + 'engine.alerts.Alert')
                                    .newInstance('shop', kind, 'nas', 'It is gone.', '', Instant.now())
                            def event = ours.loadClass(root + 'engine.alerts.Notice$Event').RAISED
                            def notice = ours.loadClass(root + 'engine.alerts.Notice')
                                    .newInstance(event, alert, Instant.now())
                            hudson.ExtensionList.lookupSingleton(ours.loadClass(root + 'jenkins.dashboard.Outbox'))
                                    .add([notice])
                            println 'added'
                            """.formatted(mails.getSmtp().getPort()))).isEqualToIgnoringWhitespace("added");
            assertThat(mails.waitForIncomingEmail(TimeUnit.SECONDS.toMillis(60), 1))
                    .as(jenkins.log())
                    .isTrue();
            assertThat(mails.getReceivedMessages()[0].getSubject())
                    .isEqualTo("[Proven Backup] shop: Snapshot removed: nas");
            assertThat(mails.getReceivedMessages()[0].getContent().toString()).contains("It is gone.");
        } finally {
            mails.stop();
        }
    }
}
