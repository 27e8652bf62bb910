package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.archive.BlockParameters;
import io.jenkins.plugins.provenbackup.engine.crypto.KeyFile;
import io.jenkins.plugins.provenbackup.engine.prune.Prune;
import io.jenkins.plugins.provenbackup.engine.prune.PruneRequest;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage.Verb;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.testing.Command;
import io.jenkins.plugins.provenbackup.testing.TreeComparer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A prune that dies before its first, second, ... last write, at all destinations at once, as a process that is killed does. Each
 * death is followed by another day: a backup, and a prune that may die, too.
 */
class PruneKilledAnywhereIT {

    /** How deep the prune goes. */
    enum What {
        COMPACTION(5),
        REPACK(12);

        private final int firstDeath;

        What(int firstDeath) {
            this.firstDeath = firstDeath;
        }

        PruneRequest.Compacting compacting() {
            return this == COMPACTION ? Gardener.SMALL : Gardener.SMALL_BLOCKS;
        }
    }

    private static final Duration DAY = Duration.ofHours(25);

    /** A run is needed for 7 days; what is condemned goes a day later, and the record after two. */
    private static final int DAYS_UNTIL_NOTHING_IS_LEFT = 10;

    @TempDir
    private Path temp;

    private Path tree;
    private final Random random = new Random(23);
    private final Map<SnapshotId, Path> kept = new LinkedHashMap<>();

    /** A repository at two destinations, opened anew as each process does. */
    private final class Day implements AutoCloseable {

        private final Path root;
        private final List<FaultyStorage> storages = new ArrayList<>();
        private final Laboratory laboratory;
        private final Gardener gardener;

        Day(Path root) throws Exception {
            this.root = root;
            for (String name : List.of("a", "b")) {
                storages.add(FaultyStorage.over(Laboratory.local(root.resolve(name))));
            }
            laboratory = Laboratory.open(temp.resolve("key"), List.copyOf(storages));
            laboratory.tune(laboratory.tuning().withBlocks(new BlockParameters(64 << 10, 64 << 10, 1 << 20, 5)));
            gardener = new Gardener(laboratory, Clock.systemUTC(), temp.resolve("spool"));
        }

        /** Whether it lived. */
        boolean pruneUntilWrite(int last, What what) throws Exception {
            AtomicInteger writes = new AtomicInteger();
            boolean[] isDead = {false};
            for (FaultyStorage storage : storages) {
                storage.on(Verb.PUT, Verb.DELETE)
                        .named(name -> isDead[0] |= writes.incrementAndGet() >= last)
                        .failForGood();
                storage.on().named(name -> isDead[0]).failForGood();
            }
            try {
                Prune.run(gardener.request(what.compacting()), ProgressListener.NONE, Clock.systemUTC());
            } catch (StorageException e) {
                assertThat(isDead[0]).as("%s", e).isTrue();
            }
            storages.forEach(FaultyStorage::heal);
            return !isDead[0];
        }

        void pass() throws Exception {
            Gardener.age(root.resolve("a"), DAY);
            Gardener.age(root.resolve("b"), DAY);
        }

        void requireAll(String when) throws Exception {
            for (int i = 0; i < 2; i++) {
                assertThat(gardener.snapshots(i)).as(when).isEqualTo(new TreeSet<>(kept.keySet()));
            }
            try {
                gardener.requireEverythingRestores();
            } catch (AssertionError e) {
                throw new AssertionError(when, e);
            }
        }

        /** The check by chunk ids above for the test's own copies, too. */
        void requireBytes(String when) throws Exception {
            try {
                for (Map.Entry<SnapshotId, Path> one : kept.entrySet()) {
                    Path target = root.resolve("restored-" + one.getKey().brief());
                    assertThat(laboratory.restore(one.getKey(), target).failures())
                            .isEmpty();
                    assertThat(TreeComparer.differences(one.getValue(), target)).isEmpty();
                }
            } catch (AssertionError e) {
                throw new AssertionError(when, e);
            }
        }

        void requireNothingSuperfluous(String when) throws Exception {
            Set<String> needed = new TreeSet<>();
            for (SnapshotId id : kept.keySet()) {
                needed.addAll(laboratory.archivesOf(id));
            }
            for (int i = 0; i < 2; i++) {
                assertThat(laboratory.archives(i)).as(when).isEqualTo(needed);
                assertThat(laboratory.objects(i, "prunes")).as(when).isEmpty();
                assertThat(laboratory.objects(i, "runs")).as(when).isEmpty();
            }
        }

        @Override
        public void close() {
            laboratory.close();
        }
    }

    private SnapshotId backup(Day day, int files) throws Exception {
        for (int i = 0; i < files; i++) {
            SampleFiles.write(tree.resolve("f" + random.nextInt(40)), 500 + random.nextInt(20_000), random.nextLong());
        }
        SnapshotId id =
                day.laboratory.backup(tree, SnapshotKind.INCREMENTAL).snapshot().orElseThrow();
        Path copy = temp.resolve("trees").resolve(id.brief() + "-" + kept.size());
        copy(tree, copy);
        kept.put(id, copy);
        return id;
    }

    private static void copy(Path from, Path to) throws Exception {
        Files.createDirectories(to.getParent());
        assertThat(Command.run("cp", "-a", from.toString(), to.toString()).status())
                .isZero();
    }

    /** Half of the snapshots is forgotten, and one prune has been killed before, so there is a bit of everything to do. */
    private void prepare(What what) throws Exception {
        tree = temp.resolve("tree");
        Files.createDirectory(temp.resolve("spool"));
        try (Laboratory made = Laboratory.at(temp.resolve("start/a"), temp.resolve("start/b"))) {
            KeyFile.write(temp.resolve("key"), made.recovery());
        }
        try (Day day = new Day(temp.resolve("start"))) {
            for (int i = 0; i < 4; i++) {
                backup(day, i == 0 ? 60 : 12);
            }
            forget(day, 1);
            assertThat(day.pruneUntilWrite(what.firstDeath, what)).isFalse();
            day.pass();
            backup(day, 12);
            backup(day, 12);
            forget(day, 2);
            day.pass();
            day.requireAll("before");
        }
    }

    private void forget(Day day, int index) throws Exception {
        SnapshotId id = List.copyOf(kept.keySet()).get(index);
        day.gardener.forget(id);
        kept.remove(id);
    }

    @ParameterizedTest
    @EnumSource
    void everyKeptSnapshotIsWholeAfterADeathAtAnyWriteAndNothingSuperfluousStays(What what) throws Exception {
        prepare(what);
        Map<SnapshotId, Path> before = new LinkedHashMap<>(kept);
        Path treeBefore = temp.resolve("tree-before");
        copy(tree, treeBefore);
        boolean lived = false;
        int deaths = 0;
        for (int last = 1; !lived; last++) {
            Path root = temp.resolve("dies-at-" + last);
            copy(temp.resolve("start"), root);
            kept.clear();
            kept.putAll(before);
            try (Day day = new Day(root)) {
                lived = day.pruneUntilWrite(last, what);
                deaths += lived ? 0 : 1;
                day.requireAll("dead before write " + last);
                day.requireBytes("dead before write " + last);
            }
            try (Day day = new Day(root)) {
                backup(day, 5);
                forget(day, 1);
                day.pass();
                day.requireAll("backup after death before write " + last);
                if (!day.pruneUntilWrite(1 + random.nextInt(40), what)) {
                    day.requireAll("second death after that before write " + last);
                }
                if (last % 8 == 0) {
                    for (int i = 0; i < DAYS_UNTIL_NOTHING_IS_LEFT; i++) {
                        day.gardener.prune(day.gardener.request(what.compacting()));
                        day.pass();
                    }
                    day.requireAll("days after death before write " + last);
                    day.requireBytes("days after death before write " + last);
                    day.requireNothingSuperfluous("days after death before write " + last);
                }
            }
            assertThat(Command.run("rm", "-rf", root.toString(), tree.toString())
                            .status())
                    .isZero();
            copy(treeBefore, tree);
        }
        assertThat(deaths).isGreaterThan(12);
        System.out.printf("%s: died before each of %d writes%n", what, deaths);
    }
}
