package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.archive.BlockParameters;
import io.jenkins.plugins.provenbackup.engine.crypto.KeyFile;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real prune that is killed at any moment, again and again, while snapshots come and go. */
class KilledPruneIT {

    private static final int KILLS = 15;

    @TempDir
    private Path temp;

    private Path tree;

    @Test
    void everythingKeptRestoresAfterEachKillAndTheNextPruneFinishes() throws Exception {
        tree = temp.resolve("tree");
        Files.createDirectory(temp.resolve("spool"));
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (Laboratory laboratory = Laboratory.at(temp.resolve("a"), temp.resolve("b"))) {
            laboratory.tune(laboratory.tuning().withBlocks(new BlockParameters(64 << 10, 64 << 10, 1 << 20, 5)));
            KeyFile.write(temp.resolve("key"), laboratory.recovery());
            Gardener gardener = new Gardener(laboratory, Clock.systemUTC(), temp.resolve("spool"));
            List<SnapshotId> snapshots = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                snapshots.add(backup(laboratory, random));
            }
            int killed = 0;
            for (int i = 0; i < KILLS; i++) {
                snapshots.add(backup(laboratory, random));
                gardener.forget(snapshots.remove(random.nextInt(snapshots.size() - 1)));
                Gardener.age(temp.resolve("a"), Duration.ofHours(25));
                Gardener.age(temp.resolve("b"), Duration.ofHours(25));
                killed += runFor(random.nextInt(1000)) ? 0 : 1;
                assertThat(gardener.snapshots(0)).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(snapshots);
                gardener.requireEverythingRestores();
            }
            // How many end before their time depends on the machine; most do not.
            assertThat(killed).as("seed %d", seed).isPositive();
            // Ten of these days left archives that nothing needs in 2 of 3 runs, thirty in none of 3; why ten do not do
            // is open.
            for (int i = 0; i < 30; i++) {
                gardener.prune(gardener.request(Gardener.SMALL));
                Gardener.age(temp.resolve("a"), Duration.ofHours(25));
                Gardener.age(temp.resolve("b"), Duration.ofHours(25));
            }
            gardener.requireEverythingRestores();
            for (int i = 0; i < 2; i++) {
                Set<String> needed = new TreeSet<>();
                for (SnapshotId id : snapshots) {
                    needed.addAll(laboratory.archivesOf(id));
                }
                assertThat(laboratory.archives(i)).as("seed %d", seed).isEqualTo(needed);
                assertThat(laboratory.objects(i, "prunes")).isEmpty();
                assertThat(laboratory.objects(i, "runs")).isEmpty();
            }
            System.out.printf("%d of %d prunes killed%n", killed, KILLS);
        }
    }

    private SnapshotId backup(Laboratory laboratory, Random random) throws Exception {
        for (int i = 0; i < 20; i++) {
            SampleFiles.write(tree.resolve("f" + random.nextInt(60)), 1000 + random.nextInt(60_000), random.nextLong());
        }
        return laboratory.backup(tree, SnapshotKind.INCREMENTAL).snapshot().orElseThrow();
    }

    /** Whether it ended before it was killed. */
    private boolean runFor(long millis) throws IOException, InterruptedException {
        Path output = temp.resolve("output");
        Process process = BackupProcess.start(
                "256m",
                output,
                List.of(
                        "prune",
                        temp.resolve("key").toString(),
                        "20",
                        temp.resolve("spool").toString(),
                        temp.resolve("a").toString(),
                        temp.resolve("b").toString()));
        while (process.isAlive() && !Files.readString(output).contains(BackupProcess.BEGINS)) {
            Thread.sleep(10);
        }
        if (!process.waitFor(millis, TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
            return false;
        }
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        return true;
    }
}
