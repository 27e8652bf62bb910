package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.source.FileTreeSource;
import io.jenkins.plugins.provenbackup.engine.source.Source;
import io.jenkins.plugins.provenbackup.engine.source.SourceContent;
import io.jenkins.plugins.provenbackup.engine.source.SourceException;
import io.jenkins.plugins.provenbackup.engine.source.SourceItem;
import io.jenkins.plugins.provenbackup.engine.source.SourceProblems;
import io.jenkins.plugins.provenbackup.engine.source.SourceWalk;
import io.jenkins.plugins.provenbackup.engine.source.UnreadableItemException;
import io.jenkins.plugins.provenbackup.engine.source.WalkOptions;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage.Verb;
import io.jenkins.plugins.provenbackup.engine.storage.StoredObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the work costs, in things that are the same on every machine: files opened, calls to a destination, objects and bytes
 * written, memory allocated for a file. Seconds are measured elsewhere (docs/performance.md); this fails when somebody makes
 * the engine do twice what it need do once.
 */
class CostTest {

    private static final int FILES = 2_000;
    private static final int DIRECTORIES = 20;
    /** 128 entries are the least that a segment of a catalog has, but for the last; where it ends depends on random keys. */
    private static final int MOST_SEGMENTS = FILES / 128 + 1;

    private static final long MOST_ALLOCATED = 10_000;
    private static final int MOST_RESTORE_READS = 3 + MOST_SEGMENTS;
    /** Were all entries in one segment; the files' content is thirteen times as much. */
    private static final long MOST_FOR_ONE_FILE = 160 << 10;

    private static final int MOST_READS = 5 + MOST_SEGMENTS;
    private static final int MOST_LISTS = 12;

    @TempDir
    private Path temp;

    private Path tree;
    private FaultyStorage storage;
    private Laboratory laboratory;
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger completed = new AtomicInteger();

    @BeforeEach
    void makeTree() throws Exception {
        tree = temp.resolve("tree");
        for (int i = 0; i < FILES; i++) {
            SampleFiles.write(tree.resolve("d" + i % DIRECTORIES + "/file" + i), 1_000 + i % 100, i);
        }
        for (int i = 0; i < DIRECTORIES; i++) {
            SampleFiles.age(tree.resolve("d" + i));
        }
        SampleFiles.age(tree);
        storage = FaultyStorage.over(Laboratory.local(temp.resolve("a")));
        laboratory = Laboratory.at(List.of(storage));
    }

    @AfterEach
    void close() {
        laboratory.close();
    }

    @Test
    void aFullBackupOpensEachFileOnceAndWritesAHandfulOfObjects() throws Exception {
        int puts = storage.calls(Verb.PUT);
        int lists = storage.calls(Verb.LIST);
        BackupResult result = backup(SnapshotKind.FULL);

        assertThat(opened).hasValue(FILES);
        assertThat(completed).hasValue(FILES + DIRECTORIES + 1);
        assertThat(laboratory.objects(0, "archives")).as("archives of 16 MiB").hasSize(1);
        assertThat(laboratory.objects(0, "catalogs"))
                .as("a catalog, and the manifest's twin")
                .hasSize(2);
        assertThat(storage.calls(Verb.PUT) - puts)
                .as("run, archive, catalog, checkpoint, twin and manifest")
                .isLessThanOrEqualTo(6);
        assertThat(storage.calls(Verb.LIST) - lists).isLessThanOrEqualTo(MOST_LISTS);
        assertThat(result.snapshot()).isPresent();
    }

    @Test
    void aBackupOfWhatDidNotChangeOpensNothingAndWritesNoContent() throws Exception {
        backup(SnapshotKind.FULL);
        opened.set(0);
        completed.set(0);
        int puts = storage.calls(Verb.PUT);
        int reads = storage.calls(Verb.READ) + storage.calls(Verb.OPEN);
        long before = bytes("");

        backup(SnapshotKind.INCREMENTAL);

        assertThat(opened).hasValue(0);
        assertThat(completed).as("asked for owners, links and attributes").hasValue(0);
        assertThat(storage.calls(Verb.PUT) - puts).as("run, twin and manifest").isLessThanOrEqualTo(4);
        assertThat(storage.calls(Verb.READ) + storage.calls(Verb.OPEN) - reads)
                .as("the parent's manifest and its catalog, each once")
                .isLessThanOrEqualTo(MOST_READS);
        assertThat(bytes("") - before).as("bytes written").isLessThan(8 << 10);
    }

    @Test
    void aChangedFileCostsItsSegmentAndItself() throws Exception {
        backup(SnapshotKind.FULL);
        opened.set(0);
        long before = bytes("");
        SampleFiles.write(tree.resolve("d7/file7"), 1_500, 77);
        SampleFiles.age(tree.resolve("d7"));

        backup(SnapshotKind.INCREMENTAL);

        assertThat(opened).hasValue(1);
        assertThat(bytes("") - before).isLessThan(MOST_FOR_ONE_FILE);
    }

    @Test
    void aRestoreReadsEachByteOfAnArchiveOnce() throws Exception {
        SnapshotId snapshot = backup(SnapshotKind.FULL).snapshot().orElseThrow();
        int reads = storage.calls(Verb.READ);

        laboratory.restore(snapshot, temp.resolve("target"));

        assertThat(storage.calls(Verb.READ) - reads)
                .as("the catalog's segments, an archive's index and stream header, and one block of 4 MiB")
                .isLessThanOrEqualTo(MOST_RESTORE_READS);
    }

    @Test
    void anUnchangedFileCostsLittleMemory() throws Exception {
        backup(SnapshotKind.FULL);
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            long before = allocated();
            backup(SnapshotKind.INCREMENTAL);
            least = Math.min(least, allocated() - before);
        }
        assertThat(least / FILES)
                .as("bytes allocated for a file by the thread that decides")
                .isLessThan(MOST_ALLOCATED);
    }

    private BackupResult backup(SnapshotKind kind) throws IOException, InterruptedException {
        Source source = new Counting(new FileTreeSource(List.of(tree), WalkOptions.ALL));
        return laboratory.backup(source, kind, tree);
    }

    private long bytes(String folder) throws IOException {
        return laboratory.objects(0, folder).stream()
                .mapToLong(StoredObject::size)
                .sum();
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    /** The source, with a count of what is asked of its items. */
    private final class Counting implements Source {

        private final Source inner;

        Counting(Source inner) {
            this.inner = inner;
        }

        @Override
        public Passes passes() {
            return inner.passes();
        }

        @Override
        public SourceWalk walk(SourceProblems problems) throws SourceException, InterruptedException {
            SourceWalk walk = inner.walk(problems);
            return new SourceWalk() {
                @Override
                public Optional<SourceItem> next() throws InterruptedException {
                    return walk.next().map(CountingItem::new);
                }

                @Override
                public void close() {
                    walk.close();
                }
            };
        }
    }

    private final class CountingItem implements SourceItem {

        private final SourceItem inner;

        CountingItem(SourceItem inner) {
            this.inner = inner;
        }

        @Override
        public Node node() {
            return inner.node();
        }

        @Override
        public OptionalLong size() {
            return inner.size();
        }

        @Override
        public Node complete() throws UnreadableItemException {
            completed.incrementAndGet();
            return inner.complete();
        }

        @Override
        public SourceContent open() throws UnreadableItemException, SourceException {
            opened.incrementAndGet();
            return inner.open();
        }

        @Override
        public Optional<SourceItem> again() throws UnreadableItemException {
            return inner.again();
        }
    }
}
