package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.restore.RestoreResult;
import io.jenkins.plugins.provenbackup.engine.source.FileTreeSource;
import io.jenkins.plugins.provenbackup.engine.source.WalkOptions;
import io.jenkins.plugins.provenbackup.testing.TreeComparer;
import io.jenkins.plugins.provenbackup.testing.TreeFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job through the engine: what was backed up comes back, whatever it was. */
class BackupAndRestoreTest {

    @TempDir
    Path temp;

    @Test
    void restoresTheWholeZooFromEitherDestination() throws Exception {
        Path zoo = temp.resolve("zoo");
        TreeFixture.zoo(zoo);
        try (Laboratory laboratory = Laboratory.at(temp.resolve("a"), temp.resolve("b"))) {
            BackupResult result = laboratory.backup(zoo, SnapshotKind.INCREMENTAL);

            assertThat(result.kind()).isEqualTo(SnapshotKind.FULL);
            assertThat(result.copies()).isEqualTo(2);
            assertThat(result.isIncomplete()).as("%s", result.problems()).isFalse();
            RestoreResult restored = laboratory.restore(result.snapshot().orElseThrow(), temp.resolve("restored"));
            assertThat(restored.failures()).isEmpty();
            assertThat(TreeComparer.differences(zoo, temp.resolve("restored"), TreeComparer.limitsOfJava()))
                    .isEmpty();
        }
    }

    @Test
    void anUnchangedTreeStoresNothingAndSharesItsCatalog() throws Exception {
        Path tree = temp.resolve("tree");
        for (int i = 0; i < 500; i++) {
            Path file = tree.resolve("d" + i % 7).resolve("f" + i);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "content " + i);
            Files.setLastModifiedTime(file, FileTime.fromMillis(1_600_000_000_000L + i));
        }
        try (Laboratory laboratory = Laboratory.at(temp.resolve("a"))) {
            BackupResult first = laboratory.backup(tree, SnapshotKind.INCREMENTAL);
            BackupResult second = laboratory.backup(tree, SnapshotKind.INCREMENTAL);

            assertThat(second.kind()).isEqualTo(SnapshotKind.INCREMENTAL);
            assertThat(second.parent()).isEqualTo(first.snapshot());
            assertThat(second.totals().filesUnchanged()).isEqualTo(500);
            assertThat(second.totals().bytesStored()).isZero();
            laboratory.restore(second.snapshot().orElseThrow(), temp.resolve("restored"));
            assertThat(TreeComparer.differences(tree, temp.resolve("restored"))).isEmpty();
        }
    }

    @Test
    void severalPathsKeepTheirNamesBelowARootThatHasNoEntry() throws Exception {
        Path one = Files.createDirectories(temp.resolve("one/deep"));
        Path two = temp.resolve("two.txt");
        Files.writeString(one.resolve("file"), "first");
        Files.writeString(two, "second");
        try (Laboratory laboratory = Laboratory.at(temp.resolve("a"))) {
            FileTreeSource source = new FileTreeSource(List.of(temp.resolve("one"), two), WalkOptions.ALL);
            laboratory.backup(source, SnapshotKind.INCREMENTAL, temp);
            BackupResult result = laboratory.backup(source, SnapshotKind.INCREMENTAL, temp);

            laboratory.restore(result.snapshot().orElseThrow(), temp.resolve("restored"));
            assertThat(temp.resolve("restored/one/deep/file")).hasContent("first");
            assertThat(temp.resolve("restored/two.txt")).hasContent("second");
        }
    }
}
