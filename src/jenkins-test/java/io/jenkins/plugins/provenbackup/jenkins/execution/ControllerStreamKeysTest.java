package io.jenkins.plugins.provenbackup.jenkins.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.restore.Restore;
import io.jenkins.plugins.provenbackup.engine.restore.RestoreRequest;
import io.jenkins.plugins.provenbackup.engine.snapshots.ListSnapshots;
import io.jenkins.plugins.provenbackup.engine.target.Overwrite;
import io.jenkins.plugins.provenbackup.engine.target.Ownership;
import io.jenkins.plugins.provenbackup.engine.target.Unlisted;
import io.jenkins.plugins.provenbackup.jenkins.steps.BackupSite;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** An agent gets the keys of the streams that its snapshot names, whatever it asks for or has written itself. */
@WithJenkins
class ControllerStreamKeysTest {

    @TempDir
    private Path temp;

    @Test
    void opensTheStreamsOfTheSnapshotAndNoOthers(JenkinsRule jenkins) throws Exception {
        BackupSite site = BackupSite.at(temp.resolve("nas"));
        for (String name : List.of("mine", "other")) {
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
            job.setDefinition(new CpsFlowDefinition(
                    "node { writeFile file: 'a.txt', text: '" + name + "'; backup destinations: 'nas' }", true));
            jenkins.buildAndAssertSuccess(job);
        }
        try (Destinations destinations = site.open();
                RecoveryKey recovery = destinations.unlock(BackupSite.PASSPHRASE.toCharArray())) {
            var list = ListSnapshots.run(destinations.reached(), recovery);
            Manifest mine = list.of("mine:.").get(0).manifest();
            Manifest other = list.of("other:.").get(0).manifest();
            byte[] ofMine = header(destinations, recovery, mine);
            byte[] ofOther = header(destinations, recovery, other);
            Manifest forged = new Manifest(
                    mine.header(), mine.facts(), mine.tags(), other.archives(), mine.moved(), mine.sparse());

            ControllerStreamKeys keys = new ControllerStreamKeys(key(destinations), mine);
            assertThat(keys.key(ofMine)).hasSize(32);
            assertThatThrownBy(() -> keys.key(ofOther))
                    .isInstanceOf(AbortException.class)
                    .hasMessageContaining("not part of snapshot");
            assertThatThrownBy(() -> keys.key(new byte[10])).isInstanceOf(AbortException.class);
            keys.close();
            assertThatThrownBy(() -> keys.key(ofMine)).hasMessageContaining("has ended");
            try (ControllerStreamKeys ofForged = new ControllerStreamKeys(key(destinations), forged)) {
                assertThatThrownBy(() -> ofForged.key(ofOther)).hasMessageContaining("not part of snapshot");
            }
        }
    }

    private static RecoveryKey key(Destinations destinations) throws Exception {
        return destinations.unlock(BackupSite.PASSPHRASE.toCharArray());
    }

    /** A header as a restore meets it. */
    private byte[] header(Destinations destinations, RecoveryKey recovery, Manifest manifest) throws Exception {
        List<byte[]> headers = new CopyOnWriteArrayList<>();
        try (SourceKey key = recovery.sourceKey(manifest.sourceId()).orElseThrow()) {
            Restore.run(
                    new RestoreRequest(
                            manifest,
                            key,
                            header -> {
                                headers.add(header.clone());
                                return StreamKey.open(header, recovery);
                            },
                            destinations.reached(),
                            temp.resolve(manifest.id().brief()),
                            Optional.empty(),
                            Overwrite.ALWAYS,
                            Ownership.IGNORE,
                            Unlisted.KEEP,
                            RestoreRequest.Mode.WRITE),
                    ProgressListener.NONE);
        }
        return headers.get(0);
    }
}
