package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.archive.BlockParameters;
import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.backup.BackupTuning;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.source.FileTreeSource;
import io.jenkins.plugins.provenbackup.engine.source.SourceException;
import io.jenkins.plugins.provenbackup.engine.source.WalkOptions;
import io.jenkins.plugins.provenbackup.testing.TreeComparer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What FULL, INCREMENTAL and DIFFERENTIAL compare with, refer to and store. */
class SnapshotKindTest {

    @TempDir
    private Path temp;

    private Path tree;
    private Laboratory laboratory;

    @BeforeEach
    void open() throws IOException {
        tree = temp.resolve("tree");
        for (int i = 0; i < 20; i++) {
            SampleFiles.write(tree.resolve("f" + i), 20_000, i);
        }
        laboratory = Laboratory.at(temp.resolve("a"));
    }

    @AfterEach
    void close() {
        laboratory.close();
    }

    @Test
    void aFullSnapshotRefersToNoArchiveOfEarlierOnes() throws Exception {
        SnapshotId first = backUp(SnapshotKind.FULL).snapshot().orElseThrow();
        SnapshotId second = backUp(SnapshotKind.INCREMENTAL).snapshot().orElseThrow();

        BackupResult full = backUp(SnapshotKind.FULL);

        assertThat(full.kind()).isEqualTo(SnapshotKind.FULL);
        assertThat(full.parent()).isEmpty();
        assertThat(laboratory.archivesOf(full.snapshot().orElseThrow()))
                .isNotEmpty()
                .doesNotContainAnyElementsOf(laboratory.archivesOf(first))
                .doesNotContainAnyElementsOf(laboratory.archivesOf(second));
        assertRestores(full);
    }

    @Test
    void aDifferentialComparesWithTheNewestFull() throws Exception {
        backUp(SnapshotKind.FULL);
        BackupResult full = backUp(SnapshotKind.FULL);
        SampleFiles.write(tree.resolve("x"), 20_000, 100);
        BackupResult incremental = backUp(SnapshotKind.INCREMENTAL);
        SampleFiles.write(tree.resolve("y"), 20_000, 101);

        BackupResult differential = backUp(SnapshotKind.DIFFERENTIAL);
        BackupResult later = backUp(SnapshotKind.INCREMENTAL);

        assertThat(incremental.parent()).isEqualTo(full.snapshot());
        assertThat(differential.kind()).isEqualTo(SnapshotKind.DIFFERENTIAL);
        assertThat(differential.parent()).isEqualTo(full.snapshot());
        assertThat(differential.totals().filesNew()).isEqualTo(2);
        assertThat(later.parent()).isEqualTo(differential.snapshot());
        assertRestores(differential);
    }

    @Test
    void withoutAParentItBecomesFullAndSaysSo() throws Exception {
        assertThat(backUp(SnapshotKind.INCREMENTAL).kind()).isEqualTo(SnapshotKind.FULL);
        assertThat(laboratory.notices()).anyMatch(notice -> notice.contains("full backup"));
    }

    @Test
    void aFullThatWasAskedForIsNoNews() throws Exception {
        backUp(SnapshotKind.FULL);
        assertThat(laboratory.notices()).isEmpty();
    }

    @Test
    void aDifferentialWithoutAFullBecomesOne() throws Exception {
        BackupResult result = backUp(SnapshotKind.DIFFERENTIAL);
        assertThat(result.kind()).isEqualTo(SnapshotKind.FULL);
        assertThat(laboratory.notices()).anyMatch(notice -> notice.contains("full backup"));
    }

    @Test
    void whatBecomesFullRefersToNoArchiveOfASnapshotEither() throws Exception {
        // A dead run whose archives a later snapshot took over, and a snapshot whose catalog is lost.
        killARun();
        BackupResult first = backUp(SnapshotKind.INCREMENTAL);
        Set<String> taken = laboratory.archivesOf(first.snapshot().orElseThrow());
        for (var object : laboratory.objects(0, "catalogs")) {
            Files.delete(temp.resolve("a").resolve(object.name()));
        }

        BackupResult next = backUp(SnapshotKind.INCREMENTAL);

        assertThat(next.kind()).isEqualTo(SnapshotKind.FULL);
        assertThat(laboratory.archivesOf(next.snapshot().orElseThrow())).doesNotContainAnyElementsOf(taken);
        assertRestores(next);
    }

    @Test
    void aFullUsesTheArchivesOfADeadRunButNoneOfASnapshot() throws Exception {
        BackupResult first = backUp(SnapshotKind.INCREMENTAL);
        Set<String> named = laboratory.archivesOf(first.snapshot().orElseThrow());
        for (int i = 0; i < 20; i++) {
            SampleFiles.write(tree.resolve("g" + i), 60_000, 1000 + i);
        }
        Set<String> before = laboratory.archives(0);
        killARun();
        Set<String> ofTheDead = new TreeSet<>(laboratory.archives(0));
        ofTheDead.removeAll(before);
        assertThat(ofTheDead).isNotEmpty();

        BackupResult full = backUp(SnapshotKind.FULL);

        assertThat(full.kind()).isEqualTo(SnapshotKind.FULL);
        Set<String> used = laboratory.archivesOf(full.snapshot().orElseThrow());
        assertThat(used).doesNotContainAnyElementsOf(named);
        assertThat(used).containsAnyElementsOf(ofTheDead);
        assertRestores(full);
    }

    @Test
    void aSmallFileWhoseBlockIsMostlyDeadIsStoredAgain() throws Exception {
        laboratory.tune(laboratory.tuning().withBlocks(new BlockParameters(400_000, 256 << 10, 1 << 20, 4)));
        backUp(SnapshotKind.FULL);
        for (int i = 1; i < 20; i++) {
            SampleFiles.write(tree.resolve("f" + i), 20_000, 500 + i);
        }
        BackupResult second = backUp(SnapshotKind.INCREMENTAL);
        assertThat(second.totals().filesUnchanged()).isEqualTo(1);
        assertThat(laboratory.manifest(second.snapshot().orElseThrow()).sparse())
                .hasSize(1);

        BackupResult third = backUp(SnapshotKind.INCREMENTAL);
        BackupResult fourth = backUp(SnapshotKind.INCREMENTAL);

        assertThat(third.totals().filesChanged()).isEqualTo(1);
        assertThat(third.totals().bytesAdded()).isEqualTo(20_000);
        assertThat(laboratory.archivesOf(third.snapshot().orElseThrow()))
                .as("the first archive is not needed any more")
                .hasSize(2);
        assertThat(fourth.totals().filesUnchanged()).isEqualTo(20);
        assertRestores(third);
    }

    @Test
    void ofALargeFileOnlyTheChangedChunksAreStored() throws Exception {
        Path large = SampleFiles.write(tree.resolve("large"), 40_000_000, 7);
        backUp(SnapshotKind.FULL);
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.seek(20_000_000);
            file.write(new byte[] {1, 2, 3, 4});
        }
        SampleFiles.age(large);

        BackupResult next = backUp(SnapshotKind.INCREMENTAL);

        assertThat(next.totals().bytesRead()).isEqualTo(40_000_000);
        assertThat(next.totals().bytesAdded()).isBetween(1L, 8L << 20);
        assertRestores(next);
    }

    @Test
    void aMovedFileIsNotStoredTwice() throws Exception {
        Path large = SampleFiles.write(tree.resolve("large"), 10_000_000, 7);
        backUp(SnapshotKind.FULL);
        Files.createDirectories(tree.resolve("elsewhere"));
        Files.move(large, tree.resolve("elsewhere/renamed"));
        Files.move(tree.resolve("f3"), tree.resolve("elsewhere/small"));

        BackupResult next = backUp(SnapshotKind.INCREMENTAL);

        assertThat(next.totals().filesNew()).isEqualTo(2);
        assertThat(next.totals().bytesAdded()).isZero();
        assertRestores(next);
    }

    @Test
    void ofTwoEqualFilesOneIsStored() throws Exception {
        SampleFiles.write(tree.resolve("p/one"), 900_000, 77);
        SampleFiles.write(tree.resolve("q/two"), 900_000, 77);
        BackupResult result = backUp(SnapshotKind.FULL);

        assertThat(result.totals().bytesAdded()).isEqualTo(20 * 20_000 + 900_000);
        assertRestores(result);
    }

    /** A run that has put checkpoints when its source fails. */
    private void killARun() throws Exception {
        BackupTuning usual = laboratory.tuning();
        laboratory.tune(usual.withBlocks(new BlockParameters(40_000, 256 << 10, 50_000, 4))
                .withCheckpoints(1, Duration.ofMillis(1)));
        FileTreeSource files = new FileTreeSource(List.of(tree), WalkOptions.ALL);
        try {
            SampleFiles.write(tree.resolve("z-last"), "fails");
            laboratory.backup(
                    new SlowSource(files, Duration.ofMillis(15)).telling(path -> {
                        if (path.equals("z-last")) {
                            throw new SourceException("the test ends the run");
                        }
                    }),
                    SnapshotKind.FULL,
                    tree);
            throw new AssertionError("the run should have failed");
        } catch (SourceException expected) {
            assertThat(expected).hasMessageContaining("test");
        } finally {
            Files.delete(tree.resolve("z-last"));
            laboratory.tune(usual);
        }
    }

    private BackupResult backUp(SnapshotKind kind) throws IOException, InterruptedException {
        return laboratory.backup(tree, kind);
    }

    private void assertRestores(BackupResult result) throws IOException, InterruptedException {
        Path target = temp.resolve("restored-" + result.sequence());
        assertThat(laboratory.restore(result.snapshot().orElseThrow(), target).failures())
                .isEmpty();
        assertThat(TreeComparer.differences(tree, target)).isEmpty();
    }
}
