package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.restore.Cat;
import io.jenkins.plugins.provenbackup.engine.restore.Restore;
import io.jenkins.plugins.provenbackup.engine.restore.RestoreRequest;
import io.jenkins.plugins.provenbackup.engine.restore.RestoreResult;
import io.jenkins.plugins.provenbackup.engine.target.Overwrite;
import io.jenkins.plugins.provenbackup.engine.target.Ownership;
import io.jenkins.plugins.provenbackup.engine.target.Unlisted;
import io.jenkins.plugins.provenbackup.testing.TreeComparer;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restores of one directory of a snapshot, which becomes the root. */
class PartialRestoreTest {

    @TempDir
    private Path temp;

    private Path tree;
    private Path target;
    private Laboratory laboratory;
    private SnapshotId snapshot;

    @BeforeEach
    void backUp() throws Exception {
        tree = temp.resolve("tree");
        target = temp.resolve("target");
        SampleFiles.write(tree.resolve("jobs/a/config.xml"), "a");
        SampleFiles.write(tree.resolve("jobs/a/builds/1/log"), 500_000, 1);
        SampleFiles.write(tree.resolve("jobs/a-b/config.xml"), "another whose name begins so");
        SampleFiles.write(tree.resolve("jobs/b/config.xml"), "b");
        Files.createLink(tree.resolve("jobs/a/linked"), tree.resolve("jobs/a/config.xml"));
        Files.createSymbolicLink(tree.resolve("jobs/a/pointer"), Path.of("config.xml"));
        manyExtents(tree.resolve("jobs/a/builds/1/archive/disk"));
        laboratory = Laboratory.at(temp.resolve("repository"));
        snapshot = laboratory.backup(tree, SnapshotKind.FULL).snapshot().orElseThrow();
    }

    /** Data and zeros by turns, so that the content does not fit into the entry. */
    private static void manyExtents(Path file) throws Exception {
        Files.createDirectories(file.getParent());
        Random random = new Random(3);
        byte[] data = new byte[64 << 10];
        byte[] zeros = new byte[128 << 10];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < 150; i++) {
                random.nextBytes(data);
                out.write(data);
                out.write(zeros);
            }
        }
        SampleFiles.age(file);
    }

    @AfterEach
    void close() {
        laboratory.close();
    }

    @Test
    void directoryBecomesTheRoot() throws Exception {
        RestoreResult result = restore("jobs/a");

        assertThat(result.failures()).isEmpty();
        assertThat(TreeComparer.differences(tree.resolve("jobs/a"), target)).isEmpty();
    }

    @Test
    void nothingElseIsRestored() throws Exception {
        restore("jobs");

        assertThat(TreeComparer.differences(tree.resolve("jobs"), target)).isEmpty();
        assertThat(target.resolve("jobs")).doesNotExist();
    }

    @Test
    void aFileOrNothingAtAllIsRefused() {
        assertThatThrownBy(() -> restore("jobs/a/config.xml"))
                .isInstanceOf(Cat.NotFoundException.class)
                .hasMessageContaining("jobs/a/config.xml");
        assertThatThrownBy(() -> restore("jobs/c")).isInstanceOf(Cat.NotFoundException.class);
        assertThat(target).doesNotExist();
    }

    private RestoreResult restore(String directory) throws Exception {
        return Restore.run(
                new RestoreRequest(
                        laboratory.manifest(snapshot),
                        laboratory.key(),
                        header -> StreamKey.open(header, laboratory.recovery()),
                        laboratory.replicas(),
                        EntryPath.parse(directory),
                        target,
                        Optional.empty(),
                        Overwrite.NEVER,
                        Ownership.RESTORE,
                        Unlisted.KEEP,
                        RestoreRequest.Mode.WRITE),
                ProgressListener.NONE);
    }
}
