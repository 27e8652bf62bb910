package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.backup.BackupRequest;
import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.catalog.ChangeRule.Ignored;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.restore.RestoreResult;
import io.jenkins.plugins.provenbackup.engine.source.FileTreeSource;
import io.jenkins.plugins.provenbackup.engine.source.Problem;
import io.jenkins.plugins.provenbackup.engine.source.WalkOptions;
import io.jenkins.plugins.provenbackup.testing.TreeComparer;
import io.jenkins.plugins.provenbackup.testing.TreeFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files a backup reads again, and what it says of those that do not hold still. */
class ChangeDetectionTest {

    @TempDir
    private Path temp;

    private Path tree;
    private Path file;
    private Laboratory laboratory;

    @BeforeEach
    void open() throws IOException {
        tree = temp.resolve("tree");
        file = SampleFiles.write(tree.resolve("file"), 50_000, 1);
        SampleFiles.write(tree.resolve("other"), 50_000, 2);
        laboratory = Laboratory.at(temp.resolve("a"));
    }

    @AfterEach
    void close() {
        laboratory.close();
    }

    @Test
    void aTouchedFileIsReadButNotStoredAgain() throws Exception {
        backUp();
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_500_000_000_000L));

        BackupResult next = backUp();

        assertThat(next.totals().filesChanged()).isEqualTo(1);
        assertThat(next.totals().filesUnchanged()).isEqualTo(1);
        assertThat(next.totals().bytesRead()).isEqualTo(50_000);
        assertThat(next.totals().bytesAdded()).isZero();
        assertRestores(next);
    }

    @Test
    void aFileThatIsYoungerThanTheParentsClockCanTellIsReadAgain() throws Exception {
        Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
        backUp();

        BackupResult next = backUp();

        assertThat(next.totals().filesChanged()).isEqualTo(1);
        assertThat(next.totals().bytesAdded()).isZero();
    }

    @Test
    void aChangeWithinOneTickOfTheClockIsFound() throws Exception {
        FileTime now = FileTime.fromMillis(System.currentTimeMillis());
        Files.setLastModifiedTime(file, now);
        backUp();
        SampleFiles.write(file, 50_000, 3);
        Files.setLastModifiedTime(file, now);

        BackupResult next = laboratory.backup(Laboratory.ignoring(request(), Ignored.CTIME, Ignored.INODE));

        assertRestores(next);
    }

    @Test
    void aChangeOfTheCtimeAloneMeansReading() throws Exception {
        backUp();
        changeContentButNotTheMtime();

        BackupResult next = backUp();

        assertThat(next.totals().filesChanged()).isEqualTo(1);
        assertRestores(next);
    }

    @Test
    void aNewModeIsRecordedWithoutStoringAnything() throws Exception {
        backUp();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));

        BackupResult next = backUp();

        assertThat(next.totals().bytesAdded()).isZero();
        assertRestores(next);
    }

    @Test
    void anotherInodeMeansReading() throws Exception {
        backUp();
        Path copy = SampleFiles.write(tree.resolve("copy"), 50_000, 1);
        Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
        BackupResult next = backUp();
        assertThat(next.totals().filesChanged()).isEqualTo(1);
        assertThat(next.totals().bytesAdded()).isZero();
        assertRestores(next);
    }

    @Test
    void ignoredInodesAndCtimesSaveTheReading() throws Exception {
        backUp();
        Path copy = SampleFiles.write(tree.resolve("copy"), 50_000, 1);
        Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);

        BackupResult next = laboratory.backup(Laboratory.ignoring(request(), Ignored.CTIME, Ignored.INODE));
        BackupResult later = backUp();

        assertThat(next.totals().filesUnchanged()).isEqualTo(2);
        assertThat(next.totals().bytesRead()).isZero();
        assertThat(later.totals().filesUnchanged())
                .as("the entry was recorded as it is now")
                .isEqualTo(2);
        assertRestores(next);
    }

    @Test
    void anIgnoredCtimeStillComparesInodes() throws Exception {
        backUp();
        Path copy = SampleFiles.write(tree.resolve("copy"), 50_000, 1);
        Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
        BackupResult next = laboratory.backup(Laboratory.ignoring(request(), Ignored.CTIME));
        assertThat(next.totals().filesChanged()).isEqualTo(1);
    }

    @Test
    void aLinkThatTurnsIntoAFileAndBackIsFollowed() throws Exception {
        Path link = tree.resolve("link");
        Files.createSymbolicLink(link, Path.of("file"));
        backUp();
        Files.delete(link);
        SampleFiles.write(link, "a file now");
        assertRestores(backUp());
        Files.delete(link);
        Files.createDirectory(link);
        SampleFiles.write(link.resolve("child"), "a directory now");
        assertRestores(backUp());
    }

    @Test
    void aFileThatKeepsGrowingIsFlaggedAndTheRestIsWhole() throws Exception {
        BackupResult result = laboratory.backup(
                reading(path -> {
                    if (path.equals("file")) {
                        Files.write(file, new byte[10], StandardOpenOption.APPEND);
                    }
                }),
                SnapshotKind.FULL,
                tree);
        assertFlagged(result);
    }

    @Test
    void aFileThatKeepsShrinkingIsFlagged() throws Exception {
        AtomicInteger size = new AtomicInteger(50_000);
        assertFlagged(laboratory.backup(
                reading(path -> {
                    if (path.equals("file")) {
                        SampleFiles.write(file, size.addAndGet(-1000), 1);
                    }
                }),
                SnapshotKind.FULL,
                tree));
    }

    @Test
    void aLargeFileThatKeepsChangingIsFlagged() throws Exception {
        SampleFiles.write(file, 9_000_000, 1);
        AtomicInteger seed = new AtomicInteger(10);
        assertFlagged(laboratory.backup(
                reading(path -> {
                    if (path.equals("file")) {
                        SampleFiles.write(file, 9_000_000, seed.incrementAndGet());
                    }
                }),
                SnapshotKind.FULL,
                tree));
    }

    @Test
    void aFileThatChangedOnceIsReadAgainAndWhole() throws Exception {
        AtomicInteger opened = new AtomicInteger();
        BackupResult result = laboratory.backup(
                reading(path -> {
                    if (path.equals("file") && opened.getAndIncrement() == 0) {
                        SampleFiles.write(file, 60_000, 5);
                    }
                }),
                SnapshotKind.FULL,
                tree);
        assertThat(result.totals().changedWhileRead()).isZero();
        assertThat(result.isIncomplete()).isFalse();
        assertRestores(result);
    }

    @Test
    void aFileThatVanishesIsNoted() throws Exception {
        BackupResult result = laboratory.backup(
                reading(path -> {
                    if (path.equals("file")) {
                        Files.delete(file);
                    }
                }),
                SnapshotKind.FULL,
                tree);
        assertThat(result.totals().vanished()).isEqualTo(1);
        assertThat(result.isIncomplete()).isFalse();
        assertThat(result.problems()).extracting(Problem::kind).containsExactly(Problem.Kind.VANISHED);
        laboratory.restore(result.snapshot().orElseThrow(), temp.resolve("restored"));
        assertThat(temp.resolve("restored/file")).doesNotExist();
        assertThat(Files.mismatch(tree.resolve("other"), temp.resolve("restored/other")))
                .isEqualTo(-1);
    }

    @Test
    void whatCannotBeReadMakesTheSnapshotIncompleteAndNothingElse() throws Exception {
        Assumptions.assumeFalse(TreeFixture.isRoot(), "root reads everything");
        Files.createDirectories(tree.resolve("dir"));
        SampleFiles.write(tree.resolve("dir/inside"), "unseen");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        Files.setPosixFilePermissions(tree.resolve("dir"), PosixFilePermissions.fromString("---------"));
        try {
            BackupResult result = backUp();
            assertThat(result.isIncomplete()).isTrue();
            assertThat(result.problems())
                    .extracting(problem -> problem.path().toString())
                    .containsExactlyInAnyOrder("dir", "file");
            assertThat(result.copies()).isEqualTo(1);
        } finally {
            Files.setPosixFilePermissions(tree.resolve("dir"), PosixFilePermissions.fromString("rwx------"));
        }
    }

    private void assertFlagged(BackupResult result) throws Exception {
        assertThat(result.totals().changedWhileRead()).isEqualTo(1);
        assertThat(result.problems()).extracting(Problem::kind).containsExactly(Problem.Kind.CHANGED_WHILE_READ);
        assertThat(result.problems().get(0).message()).contains("'file'").contains("changed while it was read");
        assertThat(result.copies()).isEqualTo(1);
        RestoreResult restored = laboratory.restore(result.snapshot().orElseThrow(), temp.resolve("restored"));
        assertThat(restored.failures()).isEmpty();
        assertThat(Files.mismatch(tree.resolve("other"), temp.resolve("restored/other")))
                .isEqualTo(-1);
        BackupResult next = backUp();
        laboratory.restore(next.snapshot().orElseThrow(), temp.resolve("next"));
        assertThat(Files.mismatch(file, temp.resolve("next/file")))
                .as("the next backup must not take a mixture for the file")
                .isEqualTo(-1);
    }

    private SlowSource reading(SlowSource.Opened opened) {
        return new SlowSource(new FileTreeSource(List.of(tree), WalkOptions.ALL), Duration.ZERO).telling(opened);
    }

    private void changeContentButNotTheMtime() throws IOException, InterruptedException {
        Object ctime = Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
        do {
            Thread.sleep(5);
            SampleFiles.write(file, 50_000, 4);
        } while (Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS)
                .equals(ctime));
    }

    private BackupResult backUp() throws IOException, InterruptedException {
        return laboratory.backup(request());
    }

    private BackupRequest request() {
        return laboratory.request(Laboratory.SOURCE, tree, SnapshotKind.INCREMENTAL);
    }

    private void assertRestores(BackupResult result) throws IOException, InterruptedException {
        Path target = temp.resolve("restored-" + result.sequence());
        laboratory.restore(result.snapshot().orElseThrow(), target);
        assertThat(TreeComparer.differences(tree, target)).isEmpty();
    }
}
