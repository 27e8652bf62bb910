package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.browse.FileHistory;
import io.jenkins.plugins.provenbackup.engine.browse.Ls;
import io.jenkins.plugins.provenbackup.engine.catalog.Difference;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.snapshots.ListSnapshots;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One file through several snapshots, and a directory without what is deeper. */
class FileHistoryTest {

    @TempDir
    private Path temp;

    @Test
    void tellsInWhichSnapshotAFileChanged() throws Exception {
        Path tree = temp.resolve("tree");
        Path file = tree.resolve("jobs/a/config.xml");
        SampleFiles.write(tree.resolve("other"), "other");
        try (Laboratory laboratory = Laboratory.at(temp.resolve("repository"))) {
            laboratory.backup(tree, SnapshotKind.FULL);
            SampleFiles.write(file, "one");
            laboratory.backup(tree, SnapshotKind.INCREMENTAL);
            // A full backup stores the same content in another place.
            laboratory.backup(tree, SnapshotKind.FULL);
            SampleFiles.write(file, "two!");
            laboratory.backup(tree, SnapshotKind.INCREMENTAL);
            Files.delete(file);
            laboratory.backup(tree, SnapshotKind.INCREMENTAL);
            List<Snapshot> snapshots =
                    ListSnapshots.run(laboratory.replicas(), laboratory.key()).of(Laboratory.SOURCE);

            List<FileHistory.Version> versions = FileHistory.run(
                    snapshots, EntryPath.parse("jobs/a/config.xml"), laboratory.replicas(), laboratory.recovery());

            assertThat(versions)
                    .extracting(version -> version.change().map(Enum::name).orElse(""))
                    .containsExactly("", Difference.Kind.ADDED.name(), "", "CONTENT", Difference.Kind.REMOVED.name());
            assertThat(versions)
                    .extracting(version -> version.entry().isPresent())
                    .containsExactly(false, true, true, true, false);
        }
    }

    @Test
    void childrenAreWhatLiesDirectlyInADirectory() throws Exception {
        Path tree = temp.resolve("tree");
        SampleFiles.write(tree.resolve("jobs/a/config.xml"), "a");
        SampleFiles.write(tree.resolve("jobs/a/builds/1/log"), "log");
        SampleFiles.write(tree.resolve("jobs/a-b/config.xml"), "a-b");
        try (Laboratory laboratory = Laboratory.at(temp.resolve("repository"))) {
            laboratory.backup(tree, SnapshotKind.FULL);
            Manifest manifest = laboratory.snapshots(0).get(0);
            List<String> names = new ArrayList<>();

            Ls.children(
                    manifest,
                    EntryPath.parse("jobs"),
                    laboratory.replicas(),
                    laboratory.recovery(),
                    entry -> names.add(entry.path().toString()));

            assertThat(names).containsExactlyInAnyOrder("jobs/a", "jobs/a-b");
            assertThat(Ls.find(
                            manifest, EntryPath.parse("jobs/a/builds/1/log"), laboratory.replicas(), laboratory.key()))
                    .isPresent();
            assertThat(Ls.find(manifest, EntryPath.parse("jobs/c"), laboratory.replicas(), laboratory.key()))
                    .isEmpty();
        }
    }
}
