package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.source.Problem;
import io.jenkins.plugins.provenbackup.engine.source.SourceException;
import io.jenkins.plugins.provenbackup.engine.source.WalkOptions;
import io.jenkins.plugins.provenbackup.engine.source.home.HomeSection;
import io.jenkins.plugins.provenbackup.engine.source.home.JenkinsHomeSource;
import io.jenkins.plugins.provenbackup.engine.target.Overwrite;
import io.jenkins.plugins.provenbackup.engine.target.Unlisted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A destination that lies in what it backs up is no part of the backup, which would hold itself and grow with each run. */
class DestinationInSourceTest {

    @TempDir
    private Path temp;

    private Path tree;

    @BeforeEach
    void aTree() throws Exception {
        tree = Files.createDirectories(temp.resolve("tree"));
        Files.createDirectories(tree.resolve("jobs/shop"));
        Files.writeString(tree.resolve("config.xml"), "<hudson/>");
        Files.writeString(tree.resolve("jobs/shop/config.xml"), "<project/>");
    }

    @Test
    void leavesItOutAndSaysSo() throws Exception {
        try (Laboratory laboratory = Laboratory.at(tree.resolve("var/backups"), temp.resolve("elsewhere"))) {
            BackupResult first = laboratory.backup(tree, SnapshotKind.FULL);
            BackupResult second = laboratory.backup(tree, SnapshotKind.FULL);

            for (BackupResult result : new BackupResult[] {first, second}) {
                assertThat(result.problems()).singleElement().satisfies(problem -> {
                    assertThat(problem.kind()).isEqualTo(Problem.Kind.OWN_DESTINATION);
                    assertThat(problem.message()).isEqualTo("'var/backups' is left out: this backup is stored there");
                });
                assertThat(result.totals().files()).isEqualTo(2);
                assertThat(result.totals().markedExcluded()).isEqualTo(1);
                assertThat(result.totals().incomplete()).isFalse();
            }
            Path restored = temp.resolve("restored");
            laboratory.restore(second.snapshot().orElseThrow(), restored);
            assertThat(restored.resolve("jobs/shop/config.xml")).hasContent("<project/>");
            assertThat(restored.resolve("var/backups")).isEmptyDirectory();
        }
    }

    @Test
    void isNotDeletedByARestoreThatDeletesWhatIsNotListed() throws Exception {
        try (Laboratory laboratory = Laboratory.at(tree.resolve("var/backups"))) {
            SnapshotId id =
                    laboratory.backup(tree, SnapshotKind.FULL).snapshot().orElseThrow();

            assertThatThrownBy(() -> laboratory.restore(id, tree, Overwrite.IF_CHANGED, Unlisted.DELETE))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("would delete the backup");

            laboratory.restore(id, tree, Overwrite.IF_CHANGED, Unlisted.KEEP);
            assertThat(laboratory.snapshots(0)).hasSize(1);
        }
    }

    @Test
    void knowsItByAnyName() throws Exception {
        Files.createDirectories(tree.resolve("backups"));
        Path link = Files.createSymbolicLink(temp.resolve("link"), tree.resolve("backups"));
        try (Laboratory laboratory = Laboratory.at(link)) {
            BackupResult result = laboratory.backup(tree, SnapshotKind.FULL);

            assertThat(result.problems()).extracting(Problem::kind).containsExactly(Problem.Kind.OWN_DESTINATION);
            assertThat(result.totals().files()).isEqualTo(2);
        }
    }

    @Test
    void leavesItOutOfAHome() throws Exception {
        JenkinsHomeSource home =
                new JenkinsHomeSource(tree, EnumSet.allOf(HomeSection.class), build -> false, WalkOptions.ALL);
        try (Laboratory laboratory = Laboratory.at(tree.resolve("backups"))) {
            BackupResult result = laboratory.backup(home, SnapshotKind.FULL, tree);

            assertThat(result.problems()).extracting(Problem::kind).containsExactly(Problem.Kind.OWN_DESTINATION);
            assertThat(result.totals().files()).isEqualTo(2);
        }
    }

    @Test
    void keepsTheRepositoryOfAnother() throws Exception {
        Laboratory.at(tree.resolve("of-another")).close();
        try (Laboratory laboratory = Laboratory.at(temp.resolve("elsewhere"))) {
            BackupResult result = laboratory.backup(tree, SnapshotKind.FULL);

            assertThat(result.problems()).isEmpty();
            assertThat(result.totals().files()).isGreaterThan(2);
        }
    }

    @Test
    void refusesToBackUpItself() throws Exception {
        try (Laboratory laboratory = Laboratory.at(tree.resolve("backups"))) {
            assertThatThrownBy(() -> laboratory.backup(tree.resolve("backups"), SnapshotKind.FULL))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining("the backup itself is stored there");
        }
    }
}
