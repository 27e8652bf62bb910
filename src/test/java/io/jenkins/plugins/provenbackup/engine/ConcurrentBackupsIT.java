package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.crypto.KeyFile;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotStore;
import io.jenkins.plugins.provenbackup.engine.source.FileTreeSource;
import io.jenkins.plugins.provenbackup.engine.source.WalkOptions;
import io.jenkins.plugins.provenbackup.testing.TreeComparer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that know nothing of each other share a repository, and history shows both. */
class ConcurrentBackupsIT {

    @TempDir
    private Path temp;

    private Laboratory laboratory;

    @BeforeEach
    void open() throws IOException {
        laboratory = Laboratory.at(temp.resolve("a"), temp.resolve("b"));
        for (String name : List.of("one", "two")) {
            for (int i = 0; i < 30; i++) {
                SampleFiles.write(temp.resolve(name).resolve("f" + i), 50_000, name.hashCode() + i / 2);
            }
        }
    }

    @AfterEach
    void close() {
        laboratory.close();
    }

    @Test
    void twoRunsOfOneSourceBothSucceedAndTheNextFollowsOnBoth() throws Exception {
        BackupResult first = laboratory.backup(temp.resolve("one"), SnapshotKind.INCREMENTAL);
        CyclicBarrier bothPlanned = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<BackupResult>> runs = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Path tree = temp.resolve("one");
                SampleFiles.write(tree.resolve("new"), 70_000, 4711);
                SlowSource source = new SlowSource(new FileTreeSource(List.of(tree), WalkOptions.ALL), Duration.ZERO)
                        .telling(path -> bothPlanned.await(20, TimeUnit.SECONDS));
                runs.add(threads.submit(() -> laboratory.backup(source, SnapshotKind.INCREMENTAL, tree)));
            }
            Set<SnapshotId> both = new HashSet<>();
            for (Future<BackupResult> run : runs) {
                assertThat(run.get().copies()).isEqualTo(2);
                assertThat(run.get().sequence()).isEqualTo(2);
                both.add(run.get().snapshot().orElseThrow());
            }
            assertThat(both).hasSize(2);

            BackupResult next = laboratory.backup(temp.resolve("one"), SnapshotKind.INCREMENTAL);

            assertThat(laboratory.manifest(next.snapshot().orElseThrow()).predecessors())
                    .containsExactlyInAnyOrderElementsOf(both);
            for (SnapshotId one : both) {
                assertThat(laboratory.manifest(one).predecessors())
                        .containsExactly(first.snapshot().orElseThrow());
                laboratory.restore(one, temp.resolve(one.hex()));
                assertThat(TreeComparer.differences(temp.resolve("one"), temp.resolve(one.hex())))
                        .isEmpty();
            }
            assertThat(next.sequence()).isEqualTo(3);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void processesWithTheSameAndWithOtherSourcesDoNotDisturbEachOther() throws Exception {
        KeyFile.write(temp.resolve("key"), laboratory.recovery());
        List<Process> processes = new ArrayList<>();
        List<Path> outputs = new ArrayList<>();
        for (String source : List.of("one", "one", "two", "two")) {
            Path output = temp.resolve("output-" + outputs.size());
            outputs.add(output);
            processes.add(BackupProcess.start(
                    "128m",
                    output,
                    List.of(
                            "backup",
                            temp.resolve("key").toString(),
                            temp.resolve(source).toString(),
                            source,
                            "50",
                            temp.resolve("a").toString(),
                            temp.resolve("b").toString())));
        }
        for (int i = 0; i < processes.size(); i++) {
            assertThat(processes.get(i).waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(processes.get(i).exitValue())
                    .as(Files.readString(outputs.get(i)))
                    .isZero();
        }
        for (int i = 0; i < 2; i++) {
            List<Manifest> all = new SnapshotStore(laboratory.replicas().get(i))
                    .load(laboratory.recovery())
                    .manifests();
            assertThat(all).hasSize(4);
            assertThat(all).extracting(Manifest::source).containsExactlyInAnyOrder("one", "one", "two", "two");
        }
        for (String source : List.of("one", "two")) {
            BackupResult next =
                    laboratory.backup(laboratory.request(source, temp.resolve(source), SnapshotKind.INCREMENTAL));
            assertThat(next.totals().filesUnchanged()).isEqualTo(30);
            assertThat(next.totals().bytesAdded()).isZero();
        }
    }
}
