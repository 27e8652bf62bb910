package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.archive.BlockParameters;
import io.jenkins.plugins.provenbackup.engine.prune.Prune;
import io.jenkins.plugins.provenbackup.engine.prune.PruneRequest;
import io.jenkins.plugins.provenbackup.engine.prune.PruneResult;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage.Verb;
import io.jenkins.plugins.provenbackup.engine.storage.StampedStorage;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two prunes of the same destinations at once may do some work twice, and lose nothing. */
class TwoPrunesTest {

    private static final int ROUNDS = 10;

    private static final List<PruneRequest.Compacting> KINDS =
            List.of(PruneRequest.Compacting.NONE, Gardener.SMALL, Gardener.SMALL, Gardener.SMALL_BLOCKS);

    @TempDir
    private Path temp;

    private final ManualClock clock = new ManualClock();
    private final List<FaultyStorage> storages = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private Path tree;
    private Laboratory laboratory;
    private Gardener gardener;
    private Random random;

    @BeforeEach
    void create() throws Exception {
        tree = temp.resolve("tree");
        for (String name : List.of("a", "b")) {
            storages.add(FaultyStorage.over(StampedStorage.over(Laboratory.local(temp.resolve(name)), clock)));
        }
        laboratory = Laboratory.at(List.<Storage>copyOf(storages));
        laboratory.clock(clock);
        laboratory.tune(laboratory.tuning().withBlocks(new BlockParameters(64 << 10, 64 << 10, 1 << 20, 5)));
        gardener = new Gardener(laboratory, clock, Files.createDirectory(temp.resolve("spool")));
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        laboratory.close();
    }

    private void backup() throws Exception {
        for (int i = 0; i < 20; i++) {
            SampleFiles.write(tree.resolve("f" + random.nextInt(80)), 500 + random.nextInt(20_000), random.nextLong());
        }
        clock.advance(Duration.ofHours(1));
        laboratory.backup(tree, SnapshotKind.INCREMENTAL);
    }

    private void forgetSome() throws Exception {
        List<SnapshotId> all = new ArrayList<>(gardener.snapshots(0));
        while (all.size() > 4) {
            gardener.forget(all.remove(random.nextInt(all.size())));
        }
    }

    private Future<PruneResult> begin(PruneRequest request) {
        return threads.submit(() -> Prune.run(request, ProgressListener.NONE, clock));
    }

    /** At any moment of the first one a whole second one runs. */
    @ParameterizedTest
    @EnumSource(PruneRequest.Waiting.class)
    void oneOvertakesTheOther(PruneRequest.Waiting waiting) throws Exception {
        long seed = System.nanoTime();
        random = new Random(seed);
        backup();
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < 3; i++) {
                backup();
            }
            forgetSome();
            clock.advance(Duration.ofHours(random.nextInt(40)));
            CountDownLatch reached = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            stopAt(reached, goOn);
            Future<PruneResult> slow = begin(request(waiting));
            boolean isStopped = false;
            while (!isStopped && !slow.isDone()) {
                isStopped = reached.await(10, TimeUnit.MILLISECONDS);
            }
            storages.forEach(FaultyStorage::heal);
            assertThat(begin(request(waiting)).get().isComplete()).isTrue();
            goOn.countDown();
            slow.get();
            requireAll(round, seed);
        }
        requireConvergence();
    }

    private void stopAt(CountDownLatch reached, CountDownLatch goOn) {
        String[] folders = {"archives/", "snapshots/", "prunes/", "runs/", "catalogs/"};
        storages.get(random.nextInt(2))
                .on(random.nextInt(3) == 0 ? Verb.DELETE : Verb.PUT)
                .named(folders[random.nextInt(folders.length)])
                .call(1 + random.nextInt(4))
                .first(() -> {
                    reached.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    private PruneRequest request(PruneRequest.Waiting waiting) {
        return Gardener.with(
                gardener.request(KINDS.get(random.nextInt(KINDS.size()))), waiting, PruneRequest.Mode.WRITE);
    }

    @Test
    void bothRunSideBySide() throws Exception {
        long seed = System.nanoTime();
        random = new Random(seed);
        backup();
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < 3; i++) {
                backup();
            }
            forgetSome();
            clock.advance(Duration.ofHours(random.nextInt(40)));
            Future<PruneResult> one = begin(request(PruneRequest.Waiting.GRACE));
            Future<PruneResult> other = begin(request(PruneRequest.Waiting.GRACE));
            assertThat(one.get().isComplete()).isTrue();
            assertThat(other.get().isComplete()).isTrue();
            requireAll(round, seed);
        }
        requireConvergence();
    }

    private void requireAll(int round, long seed) throws Exception {
        assertThat(gardener.snapshots(0))
                .as("round %d, seed %d", round, seed)
                .isEqualTo(gardener.snapshots(1))
                .isNotEmpty();
        try {
            gardener.requireEverythingRestores();
        } catch (AssertionError e) {
            throw new AssertionError("round " + round + ", seed " + seed, e);
        }
    }

    private void requireConvergence() throws Exception {
        for (int i = 0; i < 12; i++) {
            gardener.prune(gardener.request(Gardener.SMALL));
            clock.advance(Duration.ofDays(1));
        }
        gardener.requireEverythingRestores();
        assertThat(laboratory.objects(0, "prunes")).isEmpty();
        assertThat(laboratory.objects(1, "prunes")).isEmpty();
    }
}
