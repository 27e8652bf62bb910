package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.archive.BlockParameters;
import io.jenkins.plugins.provenbackup.engine.prune.PruneResult;
import io.jenkins.plugins.provenbackup.engine.repository.BlockId;
import io.jenkins.plugins.provenbackup.engine.repository.MovedBlocks;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage;
import io.jenkins.plugins.provenbackup.engine.storage.StampedStorage;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.testing.Command;
import io.jenkins.plugins.provenbackup.testing.TreeComparer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A repack that is killed between two snapshots leaves one that looks for a block's content where it was moved to, and one that
 * looks for it where it was. The next repack puts both pieces into one new block, so the same old block is there twice, at two
 * shifts.
 */
class RepackShiftsTest {

    private static final Duration DAY = Duration.ofHours(25);
    private static final int FILE = 600;

    @TempDir
    private Path temp;

    private final ManualClock clock = new ManualClock();
    private final List<FaultyStorage> storages = new ArrayList<>();
    private final Map<SnapshotId, Path> trees = new LinkedHashMap<>();
    private Path tree;
    private Laboratory laboratory;
    private Gardener gardener;
    private BlockId shared;
    private SnapshotId wide;
    private SnapshotId narrow;

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
        laboratory.close();
    }

    private void write(String name, int size) throws IOException {
        SampleFiles.write(tree.resolve(name), size, name.hashCode());
    }

    private SnapshotId backup() throws Exception {
        clock.advance(Duration.ofHours(1));
        SnapshotId id =
                laboratory.backup(tree, SnapshotKind.INCREMENTAL).snapshot().orElseThrow();
        Path copy = Files.createTempDirectory(temp, "kept").resolve("tree");
        assertThat(Command.run("cp", "-a", tree.toString(), copy.toString()).status())
                .isZero();
        trees.put(id, copy);
        return id;
    }

    private void forget(SnapshotId... ids) throws IOException {
        gardener.forget(ids);
        trees.keySet().removeAll(Set.of(ids));
    }

    private PruneResult repack() throws Exception {
        return gardener.prune(gardener.request(Gardener.SMALL_BLOCKS));
    }

    private void sweep() throws Exception {
        clock.advance(DAY);
        gardener.prune();
    }

    private void requireAllTrees() throws Exception {
        gardener.requireEverythingRestores();
        assertThat(gardener.snapshots(0)).isEqualTo(gardener.snapshots(1)).isEqualTo(new TreeSet<>(trees.keySet()));
        for (Map.Entry<SnapshotId, Path> one : trees.entrySet()) {
            Path target = Files.createTempDirectory(temp, "restored").resolve("tree");
            assertThat(laboratory.restore(one.getKey(), target).failures()).isEmpty();
            assertThat(TreeComparer.differences(one.getValue(), target)).isEmpty();
        }
    }

    private Set<BlockId> blocksOf(SnapshotId id) throws IOException {
        return laboratory.manifest(id).archives().archives().stream()
                .flatMap(row -> row.ranges().stream())
                .flatMap(range -> range.numbers().mapToObj(number -> new BlockId(range.stream(), number)))
                .collect(Collectors.toSet());
    }

    /** The one block that the second of two snapshots added. */
    private BlockId sharedBlock(SnapshotId first, SnapshotId second) throws IOException {
        Set<BlockId> added = blocksOf(second);
        added.removeAll(blocksOf(first));
        assertThat(added).hasSize(1);
        return added.iterator().next();
    }

    /**
     * Two snapshots that need different parts of one block, both of them in one part of another: a repack died between them, and
     * one more ended.
     */
    private void repackUntilOneBlockIsThereTwice() throws Exception {
        // An archive that no repack touches, and that all name: so all their archives may be merged.
        write("large", 500_000);
        SnapshotId first = backup();
        for (int i = 0; i < 10; i++) {
            write("f" + i, FILE);
        }
        SnapshotId second = backup();
        shared = sharedBlock(first, second);
        for (int i = 7; i < 10; i++) {
            Files.delete(tree.resolve("f" + i));
        }
        write("g1", FILE);
        wide = backup();
        Files.delete(tree.resolve("f0"));
        write("g2", FILE);
        narrow = backup();
        forget(first, second);

        storages.get(0).on(FaultyStorage.Verb.PUT).named("snapshots/").from(2).failForGood();
        assertThatThrownBy(this::repack).isInstanceOf(StorageException.class);
        storages.get(0).heal();
        assertThat(placeOf(wide)).isPresent();
        assertThat(placeOf(narrow)).isEmpty();
        requireAllTrees();
        clock.advance(DAY);

        assertThat(repack().repacked().blocks()).isPositive();
        assertThat(placeOf(wide).orElseThrow().target())
                .as("the case that this test is about")
                .isEqualTo(placeOf(narrow).orElseThrow().target());
        assertThat(placeOf(wide).orElseThrow().shift())
                .isNotEqualTo(placeOf(narrow).orElseThrow().shift());
        requireAllTrees();
        sweep();
        requireAllTrees();
    }

    private Optional<MovedBlocks.Place> placeOf(SnapshotId id) throws IOException {
        return Optional.ofNullable(laboratory.manifest(id).moved().places().get(shared));
    }

    @Test
    void aBlockWithOneOldBlockAtTwoShiftsIsRepackedWithBoth() throws Exception {
        repackUntilOneBlockIsThereTwice();
        BlockId twice = placeOf(wide).orElseThrow().target().id();

        // The new block is small, and so is what this backup adds: they are put together.
        write("g3", FILE);
        SnapshotId later = backup();
        assertThat(placeOf(later)).isEqualTo(placeOf(narrow));
        assertThat(repack().repacked().blocks()).isGreaterThan(1);

        MovedBlocks.Place ofWide = placeOf(wide).orElseThrow();
        MovedBlocks.Place ofNarrow = placeOf(narrow).orElseThrow();
        assertThat(ofWide.target()).isEqualTo(ofNarrow.target());
        assertThat(ofWide.target().id()).isNotEqualTo(twice);
        assertThat(ofWide.shift()).isNotEqualTo(ofNarrow.shift());
        assertThat(placeOf(later)).hasValue(ofNarrow);
        requireAllTrees();
        sweep();
        sweep();
        requireAllTrees();
        for (SnapshotId id : trees.keySet()) {
            assertThat(blocksOf(id)).as("the block with both is gone").doesNotContain(twice);
        }
    }

    @Test
    void thePieceThatNoSnapshotLooksForIsDropped() throws Exception {
        repackUntilOneBlockIsThereTwice();

        forget(wide);
        assertThat(repack().repacked().blocks()).isPositive();
        sweep();
        sweep();

        requireAllTrees();
        assertThat(placeOf(narrow).orElseThrow().target().length())
                .as("f1 to f6, g1 and g2")
                .isEqualTo(8 * FILE);
    }

    @Test
    void thePieceThatTheKilledRepackHadMovedStaysWhereOnlyThatIsLookedFor() throws Exception {
        repackUntilOneBlockIsThereTwice();

        forget(narrow);
        assertThat(repack().repacked().blocks()).isPositive();
        sweep();
        sweep();

        requireAllTrees();
        assertThat(placeOf(wide).orElseThrow().target().length())
                .as("f0 to f6 and g1")
                .isEqualTo(8 * FILE);
    }
}
