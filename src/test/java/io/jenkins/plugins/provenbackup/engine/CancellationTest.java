package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.archive.BlockParameters;
import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.backup.BackupTuning;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.source.FileTreeSource;
import io.jenkins.plugins.provenbackup.engine.source.WalkOptions;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage.Verb;
import io.jenkins.plugins.provenbackup.testing.TreeComparer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An interrupt ends an operation soon, whatever it waits for, and leaves nothing half done. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CancellationTest {

    /** A second is promised; a machine with other work to do may take a little longer to notice. */
    private static final Duration SOON = Duration.ofSeconds(3);

    @TempDir
    private Path temp;

    private Path tree;
    private FaultyStorage storage;
    private Laboratory laboratory;
    private final CountDownLatch never = new CountDownLatch(1);
    private final CountDownLatch stalled = new CountDownLatch(1);

    @BeforeEach
    void open() throws Exception {
        tree = temp.resolve("tree");
        for (int i = 0; i < 40; i++) {
            SampleFiles.write(tree.resolve("f" + i), 100_000, i);
        }
        storage = FaultyStorage.over(Laboratory.local(temp.resolve("a")));
        laboratory = Laboratory.at(List.of(storage));
        laboratory.tune(laboratory.tuning().withBlocks(new BlockParameters(100_000, 50_000, 100_000, 4)));
    }

    @AfterEach
    void close() {
        never.countDown();
        laboratory.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"runs/", "archives/", "catalogs/", "snapshots/"})
    void aBackupEndsWhileAnUploadStalls(String folder) throws Exception {
        stall(Verb.PUT, folder, 1);
        assertEndsSoon(() -> laboratory.backup(tree, SnapshotKind.INCREMENTAL));
        assertTheNextSucceeds();
    }

    @ParameterizedTest
    @ValueSource(strings = {"snapshots", "archives", "runs", "prunes"})
    void aBackupEndsWhileAListingStalls(String folder) throws Exception {
        stall(Verb.LIST, folder, 1);
        assertEndsSoon(() -> laboratory.backup(tree, SnapshotKind.INCREMENTAL));
        assertTheNextSucceeds();
    }

    @Test
    void aBackupEndsWhileAHeartbeatStalls() throws Exception {
        BackupTuning usual = laboratory.tuning();
        laboratory.tune(new BackupTuning(
                usual.workers(),
                usual.readers(),
                usual.blocks(),
                usual.indexBudget(),
                usual.spool(),
                usual.checkpointBytes(),
                usual.checkpointTime(),
                Duration.ofMillis(50),
                usual.patience()));
        stall(Verb.PUT, "runs/", 2);
        assertEndsSoon(() -> laboratory.backup(
                new SlowSource(new FileTreeSource(List.of(tree), WalkOptions.ALL), Duration.ofMillis(20)),
                SnapshotKind.INCREMENTAL,
                tree));
        laboratory.tune(usual);
        assertTheNextSucceeds();
    }

    @Test
    void aBackupEndsWhileACheckpointStalls() throws Exception {
        BackupTuning usual = laboratory.tuning();
        laboratory.tune(usual.withCheckpoints(1, Duration.ofMillis(1)));
        stall(Verb.PUT, "runs/", 2);
        assertEndsSoon(() -> laboratory.backup(
                new SlowSource(new FileTreeSource(List.of(tree), WalkOptions.ALL), Duration.ofMillis(20)),
                SnapshotKind.INCREMENTAL,
                tree));
        laboratory.tune(usual);
        assertTheNextSucceeds();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 30})
    void aRestoreEndsWhileADownloadStallsAndLeavesNoHalfFile(int call) throws Exception {
        SnapshotId snapshot =
                laboratory.backup(tree, SnapshotKind.FULL).snapshot().orElseThrow();
        Path target = temp.resolve("restored");
        stall(Verb.READ, "archives/", call);

        assertEndsSoon(() -> laboratory.restore(snapshot, target));

        storage.heal();
        try (var files = Files.list(target)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.mismatch(file, tree.resolve(file.getFileName())))
                        .isEqualTo(-1);
            }
        }
        laboratory.restore(snapshot, target);
        assertThat(TreeComparer.differences(tree, target)).isEmpty();
    }

    @Test
    void aRestoreEndsWhileACatalogStalls() throws Exception {
        SnapshotId snapshot =
                laboratory.backup(tree, SnapshotKind.FULL).snapshot().orElseThrow();
        stall(Verb.OPEN, "catalogs/", 1);
        assertEndsSoon(() -> laboratory.restore(snapshot, temp.resolve("restored")));
    }

    @Test
    void aBackupEndsInTheMiddleOfItsWork() throws Exception {
        stalled.countDown();
        assertEndsSoon(() -> laboratory.backup(
                new SlowSource(new FileTreeSource(List.of(tree), WalkOptions.ALL), Duration.ofMillis(200)),
                SnapshotKind.INCREMENTAL,
                tree));
        assertTheNextSucceeds();
    }

    private interface Operation {
        void run() throws Exception;
    }

    private void stall(Verb verb, String folder, int call) {
        storage.on(verb).named(folder).call(call).first(() -> {
            stalled.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void assertEndsSoon(Operation operation) throws Exception {
        AtomicReference<Throwable> outcome = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                operation.run();
                outcome.set(new AssertionError("it ended normally"));
            } catch (Throwable e) {
                outcome.set(e);
            }
        });
        thread.start();
        assertThat(stalled.await(20, TimeUnit.SECONDS)).isTrue();
        Thread.sleep(300);
        thread.interrupt();
        thread.join(SOON.toMillis());
        boolean late = thread.isAlive();
        never.countDown();
        thread.join();
        assertThat(late).as("still running after " + SOON).isFalse();
        assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
    }

    private void assertTheNextSucceeds() throws Exception {
        storage.heal();
        assertThat(laboratory.snapshots(0)).isEmpty();
        BackupResult next = laboratory.backup(tree, SnapshotKind.INCREMENTAL);
        laboratory.restore(next.snapshot().orElseThrow(), temp.resolve("restored-next"));
        assertThat(TreeComparer.differences(tree, temp.resolve("restored-next")))
                .isEmpty();
    }
}
