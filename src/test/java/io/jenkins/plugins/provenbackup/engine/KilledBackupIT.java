package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.crypto.KeyFile;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.restore.RestoreResult;
import io.jenkins.plugins.provenbackup.engine.storage.StoredObject;
import io.jenkins.plugins.provenbackup.testing.TreeComparer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup that is killed at any moment loses little work and nothing else. */
class KilledBackupIT {

    private static final int KILLS = 20;
    private static final long TREE_BYTES = 240L << 20;

    /** What a kill may cost: a checkpoint's worth, archives under way, and the file that was being read. */
    private static final long LOST_BY_A_KILL = 6L << 20;

    /** Archives of 1 MiB that a run may upload before a kill that is timed from its uploads. */
    private static final int ARCHIVES = 12;

    @TempDir
    private Path temp;

    private Path tree;

    @Test
    void theNextRunGoesOnFromThereAndEarlierSnapshotsStayAsTheyWere() throws Exception {
        tree = temp.resolve("tree");
        SampleFiles.write(tree.resolve("first"), 3_000_000, 1);
        try (Laboratory laboratory = Laboratory.at(temp.resolve("a"))) {
            KeyFile.write(temp.resolve("key"), laboratory.recovery());
            SnapshotId before =
                    laboratory.backup(tree, SnapshotKind.FULL).snapshot().orElseThrow();
            Map<String, Long> snapshotObjects = objects(laboratory);
            Files.createDirectories(temp.resolve("was"));
            Files.copy(tree.resolve("first"), temp.resolve("was/first"));
            long stored = storedBytes(laboratory);
            fill();

            // Moments differ from run to run on purpose; the seed is told when the test fails.
            long seed = System.nanoTime();
            Random random = new Random(seed);
            int killed = 0;
            for (int i = 0; i < KILLS; i++) {
                killed += i % 2 == 0
                        ? killAfter(Moment.BEGINS, random.nextInt(1500))
                        : killAfter(Moment.UPLOADS, random.nextInt(1200));
                assertThat(laboratory.snapshots(0).size()).isBetween(1, 1 + i + 1 - killed);
            }
            assertThat(killed).as("seed %d", seed).isGreaterThan(KILLS / 2);
            long byTheDead = storedBytes(laboratory) - stored;
            assertThat(byTheDead)
                    .as("bytes uploaded by killed runs, seed %d", seed)
                    .isGreaterThan(20L << 20);
            String last = run(0, Moment.BEGINS, Long.MAX_VALUE).orElseThrow();

            assertThat(last).as("seed %d", seed).contains("snapshot");
            long written = storedBytes(laboratory) - stored;
            assertThat(written)
                    .as("bytes uploaded for %d bytes after %d kills, seed %d", TREE_BYTES, killed, seed)
                    .isLessThan(TREE_BYTES + killed * LOST_BY_A_KILL);
            assertThat(byTheDead - (written - TREE_BYTES))
                    .as("bytes of killed runs that were used, of %d, seed %d", byTheDead, seed)
                    .isGreaterThan(20L << 20);
            System.out.printf(
                    "%d of %d runs killed: %d MiB uploaded by them, %d MiB in all, for %d MiB of content%n",
                    killed, KILLS, byTheDead >> 20, written >> 20, TREE_BYTES >> 20);
            assertThat(objects(laboratory)).containsAllEntriesOf(snapshotObjects);
            assertThat(laboratory
                            .restore(before, temp.resolve("restored-first"))
                            .failures())
                    .isEmpty();
            assertThat(Files.mismatch(temp.resolve("was/first"), temp.resolve("restored-first/first")))
                    .isEqualTo(-1);
            List<Manifest> all = laboratory.snapshots(0);
            RestoreResult restored = laboratory.restore(all.get(all.size() - 1).id(), temp.resolve("restored"));
            assertThat(restored.failures()).isEmpty();
            assertThat(TreeComparer.differences(tree, temp.resolve("restored"))).isEmpty();
        }
    }

    private void fill() throws IOException {
        for (int i = 0; i < 80; i++) {
            SampleFiles.write(tree.resolve("large-" + i), 2L << 20, 100 + i);
        }
        for (int i = 0; i < 2560; i++) {
            SampleFiles.write(tree.resolve("small-" + i % 16).resolve("f" + i), 32 << 10, 10_000 + i);
        }
    }

    /** What a kill is timed from. */
    private enum Moment {
        BEGINS,
        UPLOADS
    }

    /** Returns 1 when the process was still running. */
    private int killAfter(Moment moment, long millis) throws IOException, InterruptedException {
        return run(20, moment, millis).isEmpty() ? 1 : 0;
    }

    private Optional<String> run(long pause, Moment moment, long killAfterMillis)
            throws IOException, InterruptedException {
        long before = archives();
        Path output = temp.resolve("output");
        Process process = BackupProcess.start(
                "256m",
                output,
                List.of(
                        "backup",
                        temp.resolve("key").toString(),
                        tree.toString(),
                        Laboratory.SOURCE,
                        Long.toString(pause),
                        temp.resolve("a").toString()));
        while (process.isAlive()
                && (!Files.readString(output).contains(BackupProcess.BEGINS)
                        || (moment == Moment.UPLOADS && archives() < before + ARCHIVES))) {
            Thread.sleep(20);
        }
        if (!process.waitFor(Math.min(killAfterMillis, 120_000), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
            return Optional.empty();
        }
        String said = Files.readString(output);
        assertThat(process.exitValue()).as(said).isZero();
        return Optional.of(said);
    }

    private long archives() throws IOException {
        try (var files = Files.walk(temp.resolve("a/archives"))) {
            return files.filter(file -> !file.getFileName().toString().startsWith(".tmp-"))
                    .count();
        } catch (UncheckedIOException vanished) {
            // A temporary file was renamed meanwhile.
            return archives();
        }
    }

    private static Map<String, Long> objects(Laboratory laboratory) throws IOException {
        Map<String, Long> objects = new TreeMap<>();
        for (String folder : List.of("archives", "catalogs", "snapshots")) {
            for (StoredObject object : laboratory.objects(0, folder)) {
                objects.put(object.name(), object.size());
            }
        }
        return objects;
    }

    private static long storedBytes(Laboratory laboratory) throws IOException {
        return laboratory.objects(0, "archives").stream()
                .mapToLong(StoredObject::size)
                .sum();
    }
}
