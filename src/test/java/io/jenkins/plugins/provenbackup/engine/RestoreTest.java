package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.restore.Restore;
import io.jenkins.plugins.provenbackup.engine.restore.RestoreRequest;
import io.jenkins.plugins.provenbackup.engine.restore.RestoreResult;
import io.jenkins.plugins.provenbackup.engine.source.Excludes;
import io.jenkins.plugins.provenbackup.engine.storage.TinyDisk;
import io.jenkins.plugins.provenbackup.engine.target.Overwrite;
import io.jenkins.plugins.provenbackup.engine.target.TargetFullException;
import io.jenkins.plugins.provenbackup.engine.target.Unlisted;
import io.jenkins.plugins.provenbackup.testing.TreeComparer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a restore writes, keeps, deletes and only tells. */
class RestoreTest {

    @TempDir
    private Path temp;

    private Path tree;
    private Path target;
    private Laboratory laboratory;
    private SnapshotId snapshot;

    @BeforeEach
    void backUp() throws Exception {
        tree = temp.resolve("tree");
        target = temp.resolve("target");
        SampleFiles.write(tree.resolve("docs/one.txt"), "one");
        SampleFiles.write(tree.resolve("docs/two.md"), "two");
        SampleFiles.write(tree.resolve("bin/tool"), 100_000, 1);
        SampleFiles.write(tree.resolve("large"), 9_000_000, 2);
        Files.createLink(tree.resolve("docs/again"), tree.resolve("large"));
        laboratory = Laboratory.at(temp.resolve("a"));
        snapshot = laboratory.backup(tree, SnapshotKind.FULL).snapshot().orElseThrow();
    }

    @AfterEach
    void close() {
        laboratory.close();
    }

    @Test
    void neverKeepsWhatIsThere() throws Exception {
        SampleFiles.write(target.resolve("docs/one.txt"), "mine");
        laboratory.restore(snapshot, target, Overwrite.NEVER, Unlisted.KEEP);
        assertThat(target.resolve("docs/one.txt")).hasContent("mine");
        assertThat(target.resolve("docs/two.md")).hasContent("two");
    }

    @Test
    void ifChangedWritesOnlyWhatDiffers() throws Exception {
        laboratory.restore(snapshot, target);
        SampleFiles.write(target.resolve("docs/one.txt"), "changed");

        RestoreResult again = laboratory.restore(snapshot, target, Overwrite.IF_CHANGED, Unlisted.KEEP);

        assertThat(again.files()).isEqualTo(1);
        assertThat(again.kept()).isPositive();
        assertThat(TreeComparer.differences(tree, target)).isEmpty();
    }

    @Test
    void alwaysMendsContentThatHidesBehindTheSameTimes() throws Exception {
        laboratory.restore(snapshot, target);
        FileTime time = Files.getLastModifiedTime(target.resolve("docs/one.txt"));
        Files.writeString(target.resolve("docs/one.txt"), "eno");
        Files.setLastModifiedTime(target.resolve("docs/one.txt"), time);
        laboratory.restore(snapshot, target, Overwrite.ALWAYS, Unlisted.KEEP);
        assertThat(TreeComparer.differences(tree, target)).isEmpty();
    }

    @Test
    void whatTheSnapshotDoesNotHaveStaysUnlessAskedFor() throws Exception {
        SampleFiles.write(target.resolve("docs/mine"), "mine");
        SampleFiles.write(target.resolve("other/deep/mine"), "mine");

        RestoreResult kept = laboratory.restore(snapshot, target, Overwrite.ALWAYS, Unlisted.KEEP);
        assertThat(kept.deleted()).isZero();
        assertThat(target.resolve("docs/mine")).exists();

        RestoreResult deleted = laboratory.restore(snapshot, target, Overwrite.IF_CHANGED, Unlisted.DELETE);
        assertThat(deleted.deleted()).isPositive();
        assertThat(TreeComparer.differences(tree, target)).isEmpty();
    }

    @Test
    void aDryRunTellsAndWritesNothing() throws Exception {
        SampleFiles.write(target.resolve("docs/one.txt"), "mine");
        SampleFiles.write(target.resolve("extra"), "mine");

        RestoreResult told = Restore.run(
                with(request(Overwrite.ALWAYS, Unlisted.DELETE), Optional.empty(), RestoreRequest.Mode.DRY_RUN),
                ProgressListener.NONE);

        assertThat(told.files() + told.hardLinks()).isEqualTo(5);
        assertThat(told.deleted()).isEqualTo(1);
        assertThat(target.resolve("docs/one.txt")).hasContent("mine");
        assertThat(target.resolve("extra")).exists();
        assertThat(target.resolve("bin")).doesNotExist();
    }

    @Test
    void aDryRunDoesNotEvenMakeTheTarget() throws Exception {
        Restore.run(
                with(request(Overwrite.ALWAYS, Unlisted.KEEP), Optional.empty(), RestoreRequest.Mode.DRY_RUN),
                ProgressListener.NONE);
        assertThat(target).doesNotExist();
    }

    @Test
    void onlyWhatIsIncludedComesBackWithItsDirectories() throws Exception {
        Excludes includes = Excludes.builder().add("*.md", "test").build();
        SampleFiles.write(target.resolve("mine"), "mine");

        RestoreResult result = Restore.run(
                with(request(Overwrite.ALWAYS, Unlisted.DELETE), Optional.of(includes), RestoreRequest.Mode.WRITE),
                ProgressListener.NONE);

        assertThat(result.files()).isEqualTo(1);
        assertThat(target.resolve("docs/two.md")).hasContent("two");
        assertThat(target.resolve("docs/one.txt")).doesNotExist();
        assertThat(target.resolve("bin")).doesNotExist();
        assertThat(target.resolve("mine"))
                .as("what was not asked for is not deleted")
                .exists();
        assertThat(Files.getLastModifiedTime(target.resolve("docs")))
                .isEqualTo(Files.getLastModifiedTime(tree.resolve("docs")));
    }

    @Test
    void anOlderSnapshotComesBackAsItWas() throws Exception {
        Path was = temp.resolve("was");
        laboratory.restore(snapshot, was);
        SampleFiles.write(tree.resolve("docs/one.txt"), "later");
        Files.delete(tree.resolve("bin/tool"));
        laboratory.backup(tree, SnapshotKind.INCREMENTAL);

        laboratory.restore(snapshot, target);

        assertThat(TreeComparer.differences(was, target)).isEmpty();
        assertThat(target.resolve("docs/one.txt")).hasContent("one");
    }

    @Test
    void hardLinksAreOneFileAgain() throws Exception {
        RestoreResult result = laboratory.restore(snapshot, target);
        assertThat(result.hardLinks()).isEqualTo(1);
        assertThat(Files.isSameFile(target.resolve("large"), target.resolve("docs/again")))
                .isTrue();
        assertThat(Files.getAttribute(target.resolve("large"), "unix:nlink")).isEqualTo(2);
    }

    private static Duration processorTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    }

    @Test
    void aSparseFileOfFiveGigabytesStaysSparseAndTakesSeconds() throws Exception {
        Path sparse = tree.resolve("sparse");
        try (RandomAccessFile file = new RandomAccessFile(sparse.toFile(), "rw")) {
            file.setLength(5L << 30);
            file.seek(3L << 30);
            file.write(new byte[] {1, 2, 3});
        }
        SampleFiles.age(sparse);
        Duration before = processorTime();
        BackupResult result = laboratory.backup(tree, SnapshotKind.INCREMENTAL);
        laboratory.restore(result.snapshot().orElseThrow(), target);

        // Not by the clock, which also counts what else the machine does.
        assertThat(processorTime().minus(before)).isLessThan(Duration.ofSeconds(30));
        assertThat(result.totals().bytesAdded()).isLessThan(1 << 20);
        assertThat(Files.size(target.resolve("sparse"))).isEqualTo(5L << 30);
        assertThat(TreeComparer.differences(tree, target)).isEmpty();
    }

    @Test
    void aFullTargetEndsTheRestoreAndLeavesNoHalfFile() throws Exception {
        try (TinyDisk disk = TinyDisk.mount(temp.resolve("tiny"), 4096)) {
            Path small = disk.path().resolve("restored");
            assertThatThrownBy(() -> laboratory.restore(snapshot, small))
                    .isInstanceOf(TargetFullException.class)
                    .hasMessageContaining("space");
            try (var files = Files.walk(small)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(Files.mismatch(file, tree.resolve(small.relativize(file))))
                            .isEqualTo(-1);
                }
            }
        }
    }

    private RestoreRequest request(Overwrite overwrite, Unlisted unlisted) throws IOException {
        return laboratory.restoreRequest(snapshot, target, overwrite, unlisted);
    }

    private static RestoreRequest with(RestoreRequest request, Optional<Excludes> includes, RestoreRequest.Mode mode) {
        return new RestoreRequest(
                request.manifest(),
                request.key(),
                request.streamKeys(),
                request.replicas(),
                request.target(),
                includes,
                request.overwrite(),
                request.ownership(),
                request.unlisted(),
                mode);
    }
}
