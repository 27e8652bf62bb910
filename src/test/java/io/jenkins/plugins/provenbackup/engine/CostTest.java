package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.source.FileTreeSource;
import io.jenkins.plugins.provenbackup.engine.source.Source;
import io.jenkins.plugins.provenbackup.engine.source.WalkOptions;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage.Verb;
import io.jenkins.plugins.provenbackup.engine.storage.StoredObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
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
    private final CountingSource.Counts asked = new CountingSource.Counts();

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

        assertThat(asked.opened).hasValue(FILES);
        assertThat(asked.completed).hasValue(FILES + DIRECTORIES + 1);
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
        asked.reset();
        int puts = storage.calls(Verb.PUT);
        int reads = storage.calls(Verb.READ) + storage.calls(Verb.OPEN);
        long before = bytes("");

        backup(SnapshotKind.INCREMENTAL);

        assertThat(asked.opened).hasValue(0);
        assertThat(asked.completed).as("asked for owners, links and attributes").hasValue(0);
        assertThat(storage.calls(Verb.PUT) - puts).as("run, twin and manifest").isLessThanOrEqualTo(4);
        assertThat(storage.calls(Verb.READ) + storage.calls(Verb.OPEN) - reads)
                .as("the parent's manifest and its catalog, each once")
                .isLessThanOrEqualTo(MOST_READS);
        assertThat(bytes("") - before).as("bytes written").isLessThan(8 << 10);
    }

    @Test
    void aChangedFileCostsItsSegmentAndItself() throws Exception {
        backup(SnapshotKind.FULL);
        asked.reset();
        long before = bytes("");
        SampleFiles.write(tree.resolve("d7/file7"), 1_500, 77);
        SampleFiles.age(tree.resolve("d7"));

        backup(SnapshotKind.INCREMENTAL);

        assertThat(asked.opened).hasValue(1);
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
        Source source = new CountingSource(new FileTreeSource(List.of(tree), WalkOptions.ALL), asked);
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
}
