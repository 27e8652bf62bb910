package io.jenkins.plugins.provenbackup.engine.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.crypto.PersonalKey;
import io.jenkins.plugins.provenbackup.engine.crypto.PersonalKeyFile;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.commons.lang3.StringUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real rotations of the keys that are killed at any moment, again and again, while backups go on. */
class KilledRotationIT {

    private static final int KILLS = 15;
    private static final Duration PER_PUT = Duration.ofMillis(30);

    /** Slots for two and an epoch, at two places. */
    private static final int PUTS = 6;

    /** Longer than a put takes, so that some kills come in the next one, or after the last. */
    private static final int LATEST_KILL_MILLIS = 50;

    @TempDir
    private Path temp;

    private KeyedRepository repository;
    private Path key;

    /** What each snapshot has to bring back. */
    private final Map<String, byte[]> contents = new HashMap<>();

    @BeforeEach
    void aRepositoryAtTwoPlacesWithASnapshot() throws Exception {
        repository = KeyedRepository.in(temp);
        key = Files.write(temp.resolve("anna.key"), PersonalKeyFile.encode(repository.anna));
        backup(0);
    }

    @Test
    void nothingIsLostAfterEachKillAndTheNextRotationCompletes() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int killed = 0;
        int cutOff = 0;
        for (int i = 1; i <= KILLS; i++) {
            if (isKilled(1 + i % PUTS, random.nextInt(LATEST_KILL_MILLIS))) {
                killed++;
                cutOff += putsBegun() > 1 && putsBegun() < PUTS ? 1 : 0;
            }

            everythingOpens("seed " + seed + ", kill " + i);
            backup(i);
            everythingOpens("seed " + seed + ", backup after kill " + i);
            if (i % 3 == 0) {
                rotateToTheEnd();
            }
        }
        rotateToTheEnd();
        everythingOpens("seed " + seed);
        assertThat(cutOff).as("seed %d", seed).isPositive();
        System.out.printf("%d of %d rotations killed, %d of them half way%n", killed, KILLS, cutOff);
    }

    /**
     * Whether it was killed before its end.
     *
     * @param put the put that has to begin first, counted from 1; a rotation that only completes another has fewer
     * @param millis how long after that beginning
     */
    private boolean isKilled(int put, int millis) throws Exception {
        Process process = RotationProcess.start(output(), key, PER_PUT, places());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (process.isAlive() && putsBegun() < put) {
            assertThat(System.nanoTime()).as("time to start").isLessThan(end);
            Thread.sleep(1);
        }
        if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
            assertThat(process.exitValue()).as(Files.readString(output())).isZero();
            return false;
        }
        process.destroyForcibly().waitFor(); // SIGKILL: no handler of ours runs
        return true;
    }

    private Path output() {
        return temp.resolve("output");
    }

    /** Each but the last was over when it was killed. */
    private int putsBegun() throws IOException {
        return StringUtils.countMatches(Files.readString(output()), RotationProcess.PUT_BEGINS);
    }

    private List<Path> places() {
        return List.of(temp.resolve("near"), temp.resolve("far"));
    }

    /** A backup with a person's key, as it opens now; a destination that missed a rotation may have to wait. */
    private void backup(int number) throws Exception {
        Path tree = Files.createDirectories(temp.resolve("tree"));
        byte[] content = new byte[20_000];
        new Random(number).nextBytes(content);
        Files.write(tree.resolve("a"), content);
        PersonalKey person = number % 2 == 0 ? repository.anna : repository.ben;
        try (RecoveryKey recovery = repository.open(person, repository.near, repository.far)) {
            var result = repository.backup(recovery, tree, repository.near, repository.far);
            assertThat(result.copies()).as("%s", result).isPositive();
            contents.put(result.snapshot().orElseThrow().hex(), content);
        }
    }

    /** Both people open both places, each by itself and together, and every snapshot there comes back. */
    private void everythingOpens(String when) throws Exception {
        for (PersonalKey person : List.of(repository.anna, repository.ben)) {
            try (RecoveryKey both = repository.open(person, repository.near, repository.far)) {
                for (FaultyStorage place : List.of(repository.near, repository.far)) {
                    try (RecoveryKey one = repository.open(person, place)) {
                        assertThat(one.newestEpoch()).as(when).isLessThanOrEqualTo(both.newestEpoch());
                        List<Manifest> snapshots = repository.snapshots(one, place);
                        assertThat(snapshots).as(when).isNotEmpty();
                        for (Manifest snapshot : List.of(snapshots.get(0), snapshots.get(snapshots.size() - 1))) {
                            requireContent(snapshot, one, place, when);
                        }
                    }
                }
            }
        }
    }

    private void requireContent(Manifest snapshot, RecoveryKey recovery, FaultyStorage place, String when)
            throws IOException, InterruptedException {
        Path target = Files.createTempDirectory(temp, "restored").resolve("tree");
        repository.restore(snapshot, recovery, place, target);
        assertThat(target.resolve("a"))
                .as(when)
                .hasBinaryContent(contents.get(snapshot.id().hex()));
    }

    private void rotateToTheEnd() throws Exception {
        RotateKeys.Result result = repository.rotate(repository.ben);
        for (PersonalKey person : List.of(repository.anna, repository.ben)) {
            for (FaultyStorage place : List.of(repository.near, repository.far)) {
                try (RecoveryKey recovery = repository.open(person, place)) {
                    assertThat(recovery.newestEpoch()).isEqualTo(result.epoch());
                }
            }
        }
    }
}
