package io.jenkins.plugins.provenbackup.jenkins.continuous;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import io.jenkins.plugins.provenbackup.engine.recovery.ProofRequest;
import io.jenkins.plugins.provenbackup.engine.recovery.ProveRestore;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.snapshots.ListSnapshots;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.JenkinsHomeSource;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicyDestination;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import io.jenkins.plugins.provenbackup.jenkins.steps.BackupSite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What people change is at every destination soon after they saved it. */
@WithJenkins
@Timeout(400)
class ContinuousProtectionTest {

    private static final String SOURCE = "jenkins-home/configuration";

    @TempDir
    private Path temp;

    private BackupSite site;

    private void protect() throws Exception {
        site = BackupSite.at(temp.resolve("nas"), temp.resolve("offsite"));
        BackupPolicy policy = new BackupPolicy("jenkins-home");
        policy.setSources(List.of(new JenkinsHomeSource()));
        policy.setDestinations(List.of(new PolicyDestination("nas"), new PolicyDestination("offsite")));
        policy.setContinuous(true);
        ProvenBackupConfiguration.get().setPolicies(List.of(policy));
    }

    @Test
    void changedJobIsAtBothDestinationsWithinAMinuteOfSave(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("job");
        FreeStyleProject gone = jenkins.createFreeStyleProject("gone");
        protect();
        Snapshot first = await(0, Instant.now().plus(Duration.ofMinutes(2)));
        // Far enough from the first one that the next may begin at once.
        Thread.sleep(Duration.ofSeconds(62).toMillis());

        Instant saved = Instant.now();
        job.setDescription("changed by hand");
        gone.renameTo("renamed");
        jenkins.createFolder("folder").createProject(FreeStyleProject.class, "inside");
        Snapshot second = await(first.manifest().sequence(), saved.plus(Duration.ofMinutes(1)));

        assertThat(second.replicas()).hasSize(2);
        Path tree = restored(second);
        assertThat(Files.readString(tree.resolve("jobs/job/config.xml"))).contains("changed by hand");
        assertThat(tree.resolve("jobs/renamed/config.xml")).exists();
        assertThat(tree.resolve("jobs/gone")).doesNotExist();
        assertThat(tree.resolve("jobs/folder/jobs/inside/config.xml")).exists();
        assertThat(tree.resolve("config.xml")).exists();
        assertThat(tree.resolve("jobs/job/builds")).doesNotExist();
        assertThat(tree.resolve("secrets")).doesNotExist();
        assertThat(second.manifest().totals().bytesRead())
                .isLessThan(first.manifest().totals().bytesRead());
    }

    private Snapshot await(long after, Instant until) throws Exception {
        while (Instant.now().isBefore(until)) {
            List<Snapshot> found = site.snapshots().stream()
                    .filter(one -> one.manifest().source().equals(SOURCE))
                    .filter(one -> one.manifest().sequence() > after || after == 0)
                    .filter(one -> one.replicas().size() == 2)
                    .toList();
            if (!found.isEmpty()) {
                return found.get(found.size() - 1);
            }
            Thread.sleep(500);
        }
        throw new AssertionError("there is no newer snapshot of " + SOURCE + " at both destinations");
    }

    private Path restored(Snapshot snapshot) throws Exception {
        Path target = temp.resolve("restored");
        char[] passphrase = BackupSite.PASSPHRASE.toCharArray();
        try (Destinations destinations = site.open();
                RecoveryKey recovery = destinations.unlock(passphrase)) {
            List<Replica> replicas = destinations.reached();
            Snapshot found = ListSnapshots.run(replicas, recovery).of(SOURCE).stream()
                    .filter(one -> one.id().equals(snapshot.id()))
                    .findFirst()
                    .orElseThrow();
            ProveRestore.run(
                    new ProofRequest(
                            found.manifest(),
                            recovery.sourceKey(SOURCE).orElseThrow(),
                            header -> StreamKey.open(header, recovery),
                            replicas),
                    target,
                    ProgressListener.NONE,
                    Clock.systemUTC());
        }
        return target;
    }

    /** What a save pays for being noted: far less than a hundredth of what it takes. */
    @Test
    void savesAreNotSlowedDown(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("job");
        SaveNotes notes = hudson.ExtensionList.lookupSingleton(SaveNotes.class);
        SaveNotes.paths().want(true);
        for (int i = 0; i < 200; i++) {
            job.save();
        }
        long begin = System.nanoTime();
        int saves = 1000;
        for (int i = 0; i < saves; i++) {
            job.save();
        }
        double save = (System.nanoTime() - begin) / (double) saves;
        int calls = 1_000_000;
        for (int i = 0; i < calls; i++) {
            notes.onChange(job, job.getConfigFile());
        }
        begin = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            notes.onChange(job, job.getConfigFile());
        }
        double note = (System.nanoTime() - begin) / (double) calls;
        System.out.printf(
                "a save takes %.0f us, noting it %.3f us: %.4f %%%n", save / 1000, note / 1000, 100 * note / save);
        assertThat(note / save).isLessThan(0.01);
    }
}
