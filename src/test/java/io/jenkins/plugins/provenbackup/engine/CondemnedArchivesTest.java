package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.source.FileTreeSource;
import io.jenkins.plugins.provenbackup.engine.source.WalkOptions;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage.Verb;
import io.jenkins.plugins.provenbackup.testing.TreeComparer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a prune has condemned counts as gone, whenever it says so. */
class CondemnedArchivesTest {

    @TempDir
    private Path temp;

    private Path tree;
    private Laboratory laboratory;
    private SnapshotId first;
    private Set<String> old;

    @BeforeEach
    void backUp() throws Exception {
        tree = temp.resolve("tree");
        for (int i = 0; i < 10; i++) {
            SampleFiles.write(tree.resolve("f" + i), 100_000, i);
        }
        laboratory = Laboratory.at(temp.resolve("a"));
        first = laboratory.backup(tree, SnapshotKind.FULL).snapshot().orElseThrow();
        old = laboratory.archivesOf(first);
    }

    @AfterEach
    void close() {
        laboratory.close();
    }

    @Test
    void theirContentIsStoredAgain() throws Exception {
        laboratory.condemn(0, old);

        BackupResult next = laboratory.backup(tree, SnapshotKind.INCREMENTAL);

        assertThat(next.totals().bytesAdded()).isEqualTo(10 * 100_000);
        assertSurvivesThePrune(next);
    }

    @Test
    void oneThatIsCondemnedWhileTheBackupRunsMakesItRepeat() throws Exception {
        SampleFiles.write(tree.resolve("z"), "new");
        AtomicInteger opened = new AtomicInteger();
        SlowSource source = new SlowSource(new FileTreeSource(List.of(tree), WalkOptions.ALL), Duration.ZERO)
                .telling(path -> {
                    if (opened.getAndIncrement() == 0) {
                        laboratory.condemn(0, old);
                    }
                });

        BackupResult next = laboratory.backup(source, SnapshotKind.INCREMENTAL, tree);

        assertThat(laboratory.notices()).anyMatch(notice -> notice.contains("prune"));
        assertThat(laboratory.snapshots(0)).hasSize(2);
        assertSurvivesThePrune(next);
    }

    @Test
    void theRepeatedRunUsesWhatTheFirstOneStored() throws Exception {
        SampleFiles.write(tree.resolve("a-large"), 3_000_000, 77);
        SampleFiles.write(tree.resolve("z"), "new");
        AtomicInteger opened = new AtomicInteger();
        SlowSource source = new SlowSource(new FileTreeSource(List.of(tree), WalkOptions.ALL), Duration.ZERO)
                .telling(path -> {
                    if (path.equals("z") && opened.getAndIncrement() == 0) {
                        laboratory.condemn(0, old);
                    }
                });

        BackupResult next = laboratory.backup(source, SnapshotKind.INCREMENTAL, tree);

        assertThat(next.totals().bytesAdded()).isEqualTo(10 * 100_000);
        assertSurvivesThePrune(next);
    }

    @Test
    void aRunThatIsCondemnedAgainAndAgainGivesUpAndSaysWhy() throws Exception {
        FaultyStorage hostile = FaultyStorage.over(Laboratory.local(temp.resolve("a")));
        laboratory.replace(0, hostile);
        AtomicInteger listings = new AtomicInteger();
        hostile.on(Verb.LIST).named("prunes").first(() -> {
            try {
                if (listings.incrementAndGet() % 2 == 0) {
                    laboratory.condemn(0, laboratory.archives(0));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        assertThatThrownBy(() -> laboratory.backup(tree, SnapshotKind.INCREMENTAL))
                .hasMessageContaining("prune")
                .hasMessageContaining("Run the backup again");
        assertThat(laboratory.snapshots(0)).hasSize(1);
        assertThat(listings.get()).isGreaterThanOrEqualTo(6);
    }

    /** What was condemned is deleted, and nothing is missing. */
    private void assertSurvivesThePrune(BackupResult next) throws IOException, InterruptedException {
        SnapshotId id = next.snapshot().orElseThrow();
        assertThat(laboratory.archivesOf(id)).isNotEmpty().doesNotContainAnyElementsOf(old);
        for (String archive : old) {
            Files.delete(temp.resolve("a").resolve(archive));
        }
        assertThat(laboratory.restore(id, temp.resolve("restored")).failures()).isEmpty();
        assertThat(TreeComparer.differences(tree, temp.resolve("restored"))).isEmpty();
    }
}
