package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.backup.BackupRequest;
import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.backup.FinishedRun;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotStore;
import io.jenkins.plugins.provenbackup.engine.source.FileTreeSource;
import io.jenkins.plugins.provenbackup.engine.source.WalkOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever lost sight of a backup finds what became of it, wherever it got to. */
class FinishedRunTest {

    private static final String TAG = "run";

    @TempDir
    private Path temp;

    @Test
    void findsTheSnapshotOfTheSameRunAloneAndWhereItLies() throws Exception {
        Path tree = Files.createDirectories(temp.resolve("tree"));
        Files.writeString(tree.resolve("a.txt"), "one");
        try (Laboratory laboratory = Laboratory.at(temp.resolve("near"), temp.resolve("far"))) {
            BackupRequest first = tagged(laboratory, tree, "first");
            assertThat(FinishedRun.find(first, TAG)).isEmpty();
            BackupResult made = laboratory.backup(first);
            Files.writeString(tree.resolve("a.txt"), "two");
            BackupRequest second = tagged(laboratory, tree, "second");
            assertThat(FinishedRun.find(second, TAG)).isEmpty();
            laboratory.backup(second);

            BackupResult found = FinishedRun.find(first, TAG).orElseThrow();

            assertThat(found.snapshot()).isEqualTo(made.snapshot());
            assertThat(found.totals()).isEqualTo(made.totals());
            assertThat(found.sequence()).isEqualTo(made.sequence());
            assertThat(found.copies()).isEqualTo(2);
        }
    }

    @Test
    void aDestinationThatWasNotReachedInTimeLags() throws Exception {
        Path tree = Files.createDirectories(temp.resolve("tree"));
        Files.writeString(tree.resolve("a.txt"), "one");
        try (Laboratory laboratory = Laboratory.at(temp.resolve("near"), temp.resolve("far"))) {
            BackupRequest request = tagged(laboratory, tree, "first");
            laboratory.backup(request);
            for (Manifest manifest : laboratory.snapshots(1)) {
                SnapshotStore store = new SnapshotStore(laboratory.replicas().get(1));
                store.delete(store.list(manifest.sourceId()).get(0).name());
            }

            BackupResult found = FinishedRun.find(request, TAG).orElseThrow();

            assertThat(found.destinations())
                    .extracting(BackupResult.Destination::state)
                    .containsExactly(BackupResult.State.COMPLETE, BackupResult.State.LAGGING);
            assertThat(found.fulfils()).isFalse();
        }
    }

    private static BackupRequest tagged(Laboratory laboratory, Path tree, String run) {
        BackupRequest plain =
                laboratory.request(new FileTreeSource(List.of(tree), WalkOptions.ALL), SnapshotKind.INCREMENTAL, tree);
        return new BackupRequest(
                plain.source(),
                plain.identity(),
                plain.key(),
                plain.kind(),
                new TreeMap<>(Map.of(TAG, run)),
                plain.ignored(),
                plain.destinations(),
                plain.unreachable(),
                plain.minCopies(),
                plain.mode());
    }
}
