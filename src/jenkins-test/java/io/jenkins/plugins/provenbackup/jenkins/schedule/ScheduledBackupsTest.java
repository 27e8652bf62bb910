package io.jenkins.plugins.provenbackup.jenkins.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.ExtensionList;
import hudson.util.Secret;
import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.OpenDestinations;
import io.jenkins.plugins.provenbackup.engine.OpenRequest;
import io.jenkins.plugins.provenbackup.engine.crypto.BackupKey;
import io.jenkins.plugins.provenbackup.engine.crypto.KeyFile;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.keys.Init;
import io.jenkins.plugins.provenbackup.engine.keys.InitRequest;
import io.jenkins.plugins.provenbackup.engine.snapshots.ListSnapshots;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupDestination;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.JenkinsHomeSource;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicyDestination;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import io.jenkins.plugins.provenbackup.jenkins.configuration.RepositoryKeys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.List;
import java.util.TimeZone;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Policies with a schedule back up the home by themselves. */
@WithJenkins
class ScheduledBackupsTest {

    private static final char[] PASSPHRASE = "correct horse battery".toCharArray();

    @TempDir
    private Path directory;

    private OpenRequest request;

    private void createRepository() throws Exception {
        Path place = directory.resolve("repository");
        request = OpenRequest.of(List.of(StorageLocation.of(place)), StorageOptions.defaults());
        Init.run(new InitRequest(request.withMode(OpenMode.CREATE), PASSPHRASE, "test"), Clock.systemUTC());
        String key;
        try (Destinations destinations = OpenDestinations.run(request);
                RecoveryKey recovery = destinations.unlock(PASSPHRASE);
                BackupKey backup = recovery.backupKey()) {
            key = new String(KeyFile.encode(backup), StandardCharsets.US_ASCII);
        }
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.SYSTEM, "key", "", Secret.fromString(key)));
        BackupDestination destination = new BackupDestination("disk", place.toString());
        destination.setKeys("main");
        ProvenBackupConfiguration.get().setKeys(List.of(new RepositoryKeys("main", "key")));
        ProvenBackupConfiguration.get().setDestinations(List.of(destination));
    }

    @Test
    void homeIsBackedUpWhenThePolicySaysSo(JenkinsRule jenkins) throws Exception {
        createRepository();
        ProvenBackupConfiguration.get().setPolicies(List.of(policy("nightly", "* * * * *"), policy("never", "")));

        look();

        assertThat(snapshots()).extracting(one -> one.manifest().source()).containsExactly("nightly/jenkinsHome");
        assertThat(ExtensionList.lookupSingleton(FailedBackupMonitor.class).isActivated())
                .isFalse();
    }

    @Test
    void timesAreThoseOfThePolicysZone(JenkinsRule jenkins) {
        BackupPolicy policy = policy("nightly", "30 2 * * *");
        policy.setTimeZone("Asia/Tokyo");
        Calendar time = Calendar.getInstance(TimeZone.getTimeZone(ZoneOffset.UTC));

        time.setTimeInMillis(Instant.parse("2026-03-01T17:30:00Z").toEpochMilli());
        assertThat(policy.isDue(time)).isTrue();
        time.setTimeInMillis(Instant.parse("2026-03-01T02:30:00Z").toEpochMilli());
        assertThat(policy.isDue(time)).isFalse();
    }

    @Test
    void administratorsAreToldOfAFailureUntilItIsMended(JenkinsRule jenkins) throws Exception {
        createRepository();
        ProvenBackupConfiguration.get().setPolicies(List.of(policy("nightly", "* * * * *")));
        Path away = Files.move(directory.resolve("repository"), directory.resolve("away"));

        look();

        FailedBackupMonitor monitor = ExtensionList.lookupSingleton(FailedBackupMonitor.class);
        assertThat(monitor.isActivated()).isTrue();
        assertThat(jenkins.createWebClient().goTo("manage/").asNormalizedText())
                .contains("The last scheduled backup by the policy 'nightly' failed")
                .contains(directory.resolve("repository").toString());

        Files.move(away, directory.resolve("repository"));
        look();
        assertThat(monitor.isActivated()).isFalse();
    }

    private static BackupPolicy policy(String name, String schedule) {
        BackupPolicy policy = new BackupPolicy(name);
        policy.setSources(List.of(new JenkinsHomeSource()));
        policy.setDestinations(List.of(new PolicyDestination("disk")));
        policy.setSchedule(schedule);
        return policy;
    }

    private long minutes;

    /** A minute later than before. */
    private void look() throws InterruptedException {
        ScheduledBackups scheduled = ExtensionList.lookupSingleton(ScheduledBackups.class);
        scheduled.look(Instant.now().plusSeconds(60 * ++minutes + 60));
        for (int i = 0; i < 600 && scheduled.isRunning(); i++) {
            Thread.sleep(100);
        }
        assertThat(scheduled.isRunning()).isFalse();
    }

    private List<Snapshot> snapshots() throws Exception {
        try (Destinations destinations = OpenDestinations.run(request);
                RecoveryKey key = destinations.unlock(PASSPHRASE)) {
            return ListSnapshots.run(destinations.reached(), key).of("nightly/jenkinsHome");
        }
    }
}
