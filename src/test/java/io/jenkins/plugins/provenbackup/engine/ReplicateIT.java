package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.archive.BlockParameters;
import io.jenkins.plugins.provenbackup.engine.replicate.Replicate;
import io.jenkins.plugins.provenbackup.engine.replicate.ReplicateRequest;
import io.jenkins.plugins.provenbackup.engine.replicate.ReplicateResult;
import io.jenkins.plugins.provenbackup.engine.replicate.Target;
import io.jenkins.plugins.provenbackup.engine.repository.Inventory;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotStore;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.sftp.OpenSshServer;
import io.jenkins.plugins.provenbackup.testing.TreeComparer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Replicas through a real server in both directions, and a real process that is killed while it copies. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReplicateIT {

    private static final int KILLS = 6;

    @TempDir
    private Path temp;

    private Path tree;
    private Laboratory laboratory;
    private final List<SnapshotId> snapshots = new ArrayList<>();

    @BeforeEach
    void threeSnapshots() throws Exception {
        tree = temp.resolve("tree");
        laboratory = Laboratory.at(temp.resolve("a"));
        laboratory.tune(laboratory.tuning().withBlocks(new BlockParameters(100_000, 256 << 10, 200_000, 4)));
        for (int i = 0; i < 3; i++) {
            for (int file = 0; file < 20; file++) {
                SampleFiles.write(tree.resolve("f" + i + "-" + file), 100_000, 100 * i + file);
            }
            snapshots.add(
                    laboratory.backup(tree, SnapshotKind.INCREMENTAL).snapshot().orElseThrow());
        }
    }

    @AfterEach
    void close() {
        laboratory.close();
    }

    @Test
    void goesToAServerAndBackToAnEmptyDisk() throws Exception {
        try (OpenSshServer server = OpenSshServer.start(Files.createDirectories(temp.resolve("sshd")))) {
            StorageLocation remote = server.location(temp.resolve("remote"));
            OpenRequest open = OpenRequest.of(List.of(remote), server.options());
            ReplicateRequest.Mode write = ReplicateRequest.Mode.WRITE;
            Replica source = laboratory.replicas().get(0);
            try (Target there = Target.open(remote, open, source, write)) {
                assertComplete(
                        Replicate.run(ReplicateRequest.all(List.of(source), there, write), ProgressListener.NONE));
                StorageLocation disk = StorageLocation.of(temp.resolve("back"));
                try (Target back = Target.open(disk, open, there.replica().orElseThrow(), write)) {
                    assertComplete(Replicate.run(
                            ReplicateRequest.all(List.of(there.replica().orElseThrow()), back, write),
                            ProgressListener.NONE));
                }
            }
        }
        assertRestoresFrom(temp.resolve("back"));
    }

    private static void assertComplete(ReplicateResult result) {
        assertThat(result.state()).as(result.reason()).isEqualTo(ReplicateResult.State.COMPLETE);
        assertThat(result.snapshots()).hasSize(3);
    }

    @Test
    void killedAtAnyMomentTheNextRunGoesOnThere() throws Exception {
        long all = objects(temp.resolve("a"));
        // Moments differ from run to run on purpose; the seed is told when the test fails.
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int killed = 0;
        for (int i = 0; i < KILLS; i++) {
            long before = objects(temp.resolve("b"));
            Path output = temp.resolve("output");
            Process process = start(output, 40);
            while (process.isAlive() && !Files.readString(output).contains(BackupProcess.BEGINS)) {
                Thread.sleep(20);
            }
            if (!process.waitFor(random.nextInt(400), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
                killed++;
            }
            assertThat(objects(temp.resolve("b"))).as("seed %d", seed).isGreaterThanOrEqualTo(before);
            assertEverySnapshotIsWhole(seed);
        }
        long there = objects(temp.resolve("b"));

        Path output = temp.resolve("output");
        assertThat(start(output, 0).waitFor()).as(Files.readString(output)).isZero();

        assertThat(killed).as("seed %d", seed).isPositive();
        assertThat(Files.readString(output))
                .as("%d of %d were there, seed %d", there, all, seed)
                .contains("COMPLETE objects " + (all - there));
        assertRestoresFrom(temp.resolve("b"));
    }

    private Process start(Path output, long pause) throws IOException {
        Files.writeString(output, "");
        return BackupProcess.start(
                "64m",
                output,
                List.of(
                        "replicate",
                        temp.resolve("a").toString(),
                        temp.resolve("b").toString(),
                        Long.toString(pause)));
    }

    /** Archives and catalog objects, without twins and what is being written. */
    private long objects(Path root) throws IOException {
        if (!Files.exists(root.resolve("repository.json"))) {
            return 0;
        }
        try (Replica replica = Replica.open(Laboratory.local(root))) {
            Inventory inventory = Inventory.of(replica);
            long twins = new SnapshotStore(laboratory.replicas().get(0))
                    .listAll().stream()
                            .filter(listed -> inventory
                                    .catalogs()
                                    .containsKey(listed.name().hash()))
                            .count();
            return inventory.archives().size() + inventory.catalogs().size() - twins;
        }
    }

    private void assertEverySnapshotIsWhole(long seed) throws IOException {
        if (Files.exists(temp.resolve("b/repository.json"))) {
            try (Replica replica = Replica.open(Laboratory.local(temp.resolve("b")))) {
                SnapshotStore.Loaded loaded = new SnapshotStore(replica).load(laboratory.key());
                Inventory inventory = Inventory.of(replica);
                assertThat(loaded.broken()).as("seed %d", seed).isEmpty();
                for (Manifest manifest : loaded.manifests()) {
                    assertThat(inventory.isComplete(manifest))
                            .as("seed %d", seed)
                            .isTrue();
                }
            }
        }
    }

    private void assertRestoresFrom(Path root) throws Exception {
        try (Replica replica = Replica.open(Laboratory.local(root))) {
            List<Replica> before = List.copyOf(laboratory.replicas());
            laboratory.replicas().clear();
            laboratory.replicas().add(replica);
            assertThat(laboratory
                            .restore(snapshots.get(2), temp.resolve("restored"))
                            .failures())
                    .isEmpty();
            laboratory.replicas().clear();
            laboratory.replicas().addAll(before);
        }
        assertThat(TreeComparer.differences(tree, temp.resolve("restored"))).isEmpty();
    }
}
