package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.archive.BlockParameters;
import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.crypto.KeyFile;
import io.jenkins.plugins.provenbackup.engine.prune.PruneRequest;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage.Verb;
import io.jenkins.plugins.provenbackup.engine.storage.StampedStorage;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.testing.Command;
import io.jenkins.plugins.provenbackup.testing.TreeComparer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups that a prune, or several, overtake: what a backup reports as stored is stored, and nothing kept is lost. */
class PruneRacesIT {

    private static final int ROUNDS = 24;

    @TempDir
    private Path temp;

    private final ManualClock clock = new ManualClock();
    private Path tree;

    /** Each round a backup stands still at some call while hours or days pass, snapshots are forgotten and prunes run. */
    @Test
    void backupsThatStandStillAnywhereWhilePrunesRun() throws Exception {
        tree = temp.resolve("tree");
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<FaultyStorage> storages = new ArrayList<>();
        for (String name : List.of("a", "b")) {
            storages.add(FaultyStorage.over(StampedStorage.over(Laboratory.local(temp.resolve(name)), clock)));
        }
        ExecutorService writer = Executors.newSingleThreadExecutor();
        int stored = 0;
        int failed = 0;
        try (Laboratory laboratory = Laboratory.at(List.<Storage>copyOf(storages))) {
            laboratory.clock(clock);
            laboratory.tune(laboratory.tuning().withBlocks(new BlockParameters(64 << 10, 64 << 10, 1 << 20, 5)));
            Gardener gardener = new Gardener(laboratory, clock, Files.createDirectory(temp.resolve("spool")));
            for (int i = 0; i < 3; i++) {
                edit(random);
                laboratory.backup(tree, SnapshotKind.INCREMENTAL);
                clock.advance(Duration.ofHours(1));
            }
            for (int round = 0; round < ROUNDS; round++) {
                edit(random);
                CountDownLatch reached = new CountDownLatch(1);
                CountDownLatch goOn = new CountDownLatch(1);
                stopAt(storages.get(random.nextInt(2)), random, reached, goOn);
                Future<BackupResult> running = writer.submit(() -> laboratory.backup(tree, SnapshotKind.INCREMENTAL));
                boolean stopped = false;
                while (!stopped && !running.isDone()) {
                    stopped = reached.await(20, TimeUnit.MILLISECONDS);
                }
                // By other doors: what stops the writer must not stop the prune.
                storages.forEach(FaultyStorage::heal);
                passTime(gardener, random);
                goOn.countDown();
                BackupResult result = outcome(running).orElse(null);
                if (result != null && !result.isIncomplete()) {
                    stored++;
                    SnapshotId id = result.snapshot().orElseThrow();
                    Path target = temp.resolve("restored" + round);
                    assertThat(laboratory.restore(id, target).failures())
                            .as("round %d, seed %d", round, seed)
                            .isEmpty();
                    assertThat(TreeComparer.differences(tree, target)).isEmpty();
                } else {
                    failed++;
                }
                // One that reported no success may have left a manifest that names what is gone: it is no snapshot.
                gardener.forgetIncomplete();
                gardener.requireEverythingRestores();
            }
        } finally {
            writer.shutdownNow();
        }
        System.out.printf("%d backups stored, %d did not; seed %d%n", stored, failed, seed);
        assertThat(stored).as("seed %d", seed).isGreaterThan(ROUNDS / 4);
    }

    private static void stopAt(FaultyStorage storage, Random random, CountDownLatch reached, CountDownLatch goOn) {
        FaultyStorage.Rule rule = switch (random.nextInt(6)) {
            case 0 -> storage.on(Verb.PUT).named("archives/");
            case 1 -> storage.on(Verb.PUT).named("catalogs/").call(2);
            case 2 -> storage.on(Verb.LIST).named("prunes").call(2);
            case 4 -> storage.on(Verb.PUT).named("snapshots/");
            case 3 -> storage.on(Verb.LIST).named("archives").call(2);
            default -> storage.on(Verb.PUT).named("runs/");
        };
        rule.first(() -> {
            reached.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void passTime(Gardener gardener, Random random) throws Exception {
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            List<SnapshotId> all = new ArrayList<>(gardener.snapshots(0));
            while (all.size() > 2) {
                SnapshotId id = all.remove(random.nextInt(all.size()));
                try {
                    gardener.forget(id);
                } catch (RefusedException lastComplete) {
                    break;
                }
            }
            gardener.prune(gardener.request(any(random)));
            clock.advance(Duration.ofHours(random.nextInt(40)));
            gardener.prune(gardener.request(any(random)));
        }
    }

    private static PruneRequest.Compacting any(Random random) {
        return random.nextBoolean() ? Gardener.SMALL : Gardener.SMALL_BLOCKS;
    }

    private static Optional<BackupResult> outcome(Future<BackupResult> running) throws InterruptedException {
        try {
            return Optional.of(running.get());
        } catch (java.util.concurrent.ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(IOException.class);
            return Optional.empty();
        }
    }

    private void edit(Random random) throws IOException {
        for (int i = 0; i < 8; i++) {
            SampleFiles.write(tree.resolve("f" + random.nextInt(40)), 1000 + random.nextInt(60_000), random.nextLong());
        }
    }

    /** A real process, stopped by SIGSTOP between its last look and its manifest, for more than two days. */
    @Test
    void aRealBackupThatIsSuspendedForDaysReportsNoSuccessThatDoesNotRestore() throws Exception {
        tree = temp.resolve("tree");
        Random random = new Random(3);
        try (Laboratory laboratory = Laboratory.at(temp.resolve("a"))) {
            KeyFile.write(temp.resolve("key"), laboratory.recovery());
            Files.writeString(temp.resolve("offset"), "0");
            Gardener gardener =
                    new Gardener(laboratory, Clock.systemUTC(), Files.createDirectory(temp.resolve("spool")));
            edit(random);
            laboratory.backup(tree, SnapshotKind.FULL);
            edit(random);
            SnapshotId parent =
                    laboratory.backup(tree, SnapshotKind.FULL).snapshot().orElseThrow();
            SampleFiles.write(tree.resolve("new"), "new");

            Path output = temp.resolve("output");
            Process process = BackupProcess.start(
                    "256m",
                    output,
                    List.of(
                            "slow-commit",
                            temp.resolve("key").toString(),
                            tree.toString(),
                            temp.resolve("offset").toString(),
                            temp.resolve("a").toString()));
            while (process.isAlive() && !Files.readString(output).contains(BackupProcess.COMMITS)) {
                Thread.sleep(10);
            }
            assertThat(process.isAlive()).as(Files.readString(output)).isTrue();
            assertThat(Command.run("kill", "-STOP", Long.toString(process.pid()))
                            .status())
                    .isZero();
            try {
                gardener.forget(parent);
                for (int i = 0; i < 3; i++) {
                    Gardener.age(temp.resolve("a"), Duration.ofHours(25));
                    gardener.prune();
                }
                Files.writeString(temp.resolve("offset"), "75");
            } finally {
                Command.run("kill", "-CONT", Long.toString(process.pid()));
            }
            int status = process.waitFor();

            String said = Files.readString(output);
            assertThat(said).doesNotContain("unexpected");
            assertThat(status).as(said).isNotZero();
            gardener.forgetIncomplete();
            gardener.requireEverythingRestores();
            assertThat(laboratory.backup(tree, SnapshotKind.INCREMENTAL).isIncomplete())
                    .isFalse();
            gardener.requireEverythingRestores();
        }
    }
}
