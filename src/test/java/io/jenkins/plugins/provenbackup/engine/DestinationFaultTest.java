package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.archive.BlockParameters;
import io.jenkins.plugins.provenbackup.engine.backup.BackupRequest;
import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage.Verb;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.testing.TreeComparer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A destination that fails stops neither the others nor later runs, and the result says which one it was. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DestinationFaultTest {

    @TempDir
    private Path temp;

    private Path tree;
    private FaultyStorage a;
    private FaultyStorage b;
    private Laboratory laboratory;

    @BeforeEach
    void open() throws IOException {
        tree = temp.resolve("tree");
        for (int i = 0; i < 40; i++) {
            SampleFiles.write(tree.resolve("f" + i), 100_000, i);
        }
        a = FaultyStorage.over(Laboratory.local(temp.resolve("a")));
        b = FaultyStorage.over(Laboratory.local(temp.resolve("b")));
        laboratory = Laboratory.at(List.of(a, b));
        laboratory.tune(laboratory.tuning().withBlocks(new BlockParameters(200_000, 256 << 10, 300_000, 4)));
    }

    @AfterEach
    void close() {
        a.heal();
        b.heal();
        laboratory.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"runs/", "archives/", "catalogs/", "snapshots/"})
    void theOtherCompletesWhenOneIsFull(String folder) throws Exception {
        a.on(Verb.PUT).named(folder).fail(message -> new StorageException.Full("no space left: " + message, null));

        BackupResult result = laboratory.backup(tree, SnapshotKind.INCREMENTAL);

        assertThat(result.copies()).isEqualTo(1);
        assertThat(result.isIncomplete()).isTrue();
        assertState(result, 0, BackupResult.State.LAGGING, "no space left");
        assertState(result, 1, BackupResult.State.COMPLETE, "");
        assertThat(laboratory.snapshots(0)).isEmpty();
        a.heal();
        assertTheNextCatchesUp();
    }

    @ParameterizedTest
    @EnumSource(names = {"PUT", "LIST", "OPEN"})
    void theOtherCompletesWhenOneAnswersNothing(Verb verb) throws Exception {
        laboratory.backup(tree, SnapshotKind.INCREMENTAL);
        a.on(verb).failForGood();

        BackupResult result = laboratory.backup(tree, SnapshotKind.INCREMENTAL);

        assertThat(result.kind()).isEqualTo(SnapshotKind.INCREMENTAL);
        assertState(result, 1, BackupResult.State.COMPLETE, "");
        assertThat(laboratory.snapshots(1)).hasSize(2);
        a.heal();
        assertTheNextCatchesUp();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 6, 8, 10, 12, 14, 17, 20, 25, 30})
    void theOtherCompletesWheneverOneDies(int call) throws Exception {
        laboratory.backup(tree, SnapshotKind.INCREMENTAL);
        SampleFiles.write(tree.resolve("f1"), 400_000, 1000);
        a.dieAt(call);

        BackupResult result = laboratory.backup(tree, SnapshotKind.INCREMENTAL);

        assertState(result, 1, BackupResult.State.COMPLETE, "");
        assertThat(laboratory.snapshots(1)).hasSize(2);
        a.heal();
        assertTheNextCatchesUp();
    }

    @Test
    void theOnlyOneThatIsFullFailsTheRunAndHarmsNothing() throws Exception {
        BackupResult first = laboratory.backup(tree, SnapshotKind.INCREMENTAL);
        SampleFiles.write(tree.resolve("f1"), 2_000_000, 1000);
        for (FaultyStorage storage : List.of(a, b)) {
            storage.on(Verb.PUT)
                    .named("archives/")
                    .from(2)
                    .fail(message -> new StorageException.Full("no space left: " + message, null));
        }

        assertThatThrownBy(() -> laboratory.backup(tree, SnapshotKind.INCREMENTAL))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("no space left");

        a.heal();
        b.heal();
        assertThat(laboratory.snapshots(0)).hasSize(1);
        assertThat(laboratory
                        .restore(first.snapshot().orElseThrow(), temp.resolve("restored"))
                        .failures())
                .isEmpty();
        assertTheNextCatchesUp();
    }

    @Test
    void oneThatIsDownFromTheStartIsCaughtUpByTheNextRun() throws Exception {
        a.on().failForGood();
        BackupResult result = laboratory.backup(tree, SnapshotKind.INCREMENTAL);
        assertState(result, 0, BackupResult.State.LAGGING, "injected");
        assertThat(a.calls(Verb.OPEN)).as("it is left alone once it has failed").isLessThan(3);
        a.heal();
        assertTheNextCatchesUp();
    }

    @Test
    void oneThatIsDownIsNotAskedForCatalogs() throws Exception {
        laboratory.backup(tree, SnapshotKind.INCREMENTAL);
        int before = a.calls(Verb.OPEN) + a.calls(Verb.READ);
        a.on().failForGood();

        BackupResult result = laboratory.backup(tree, SnapshotKind.INCREMENTAL);

        assertThat(result.copies()).isEqualTo(1);
        assertThat(a.calls(Verb.OPEN) + a.calls(Verb.READ))
                .as("only whether its keys are of a newer epoch")
                .isLessThanOrEqualTo(before + 1);
    }

    @Test
    void aSlowOneIsLeftBehindAndCaughtUpAtTheEnd() throws Exception {
        laboratory.tune(laboratory
                .tuning()
                .withBlocks(new BlockParameters(100_000, 50_000, 100_000, 4))
                .withPatience(Duration.ofMillis(300)));
        CountDownLatch wakes = new CountDownLatch(1);
        a.on(Verb.PUT).named("archives/").from(2).stall(wakes);
        b.on(Verb.LIST).named("archives").from(2).first(wakes::countDown);
        Thread waker = new Thread(() -> {
            try {
                // Its upload under way ends when the others have long gone on.
                wakes.await(3, TimeUnit.SECONDS);
                wakes.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        waker.start();

        BackupResult result = laboratory.backup(tree, SnapshotKind.INCREMENTAL);

        waker.join();
        assertThat(result.copies()).as("%s", result.destinations()).isEqualTo(2);
        assertThat(result.destinations().get(0).uploaded())
                .isLessThan(result.destinations().get(1).uploaded());
        assertThat(laboratory.archives(0)).isEqualTo(laboratory.archives(1));
    }

    @Test
    void anAnswerThatGetsLostCostsNothingElse() throws Exception {
        a.on(Verb.PUT).named("archives/").call(3).loseAnswer();
        BackupResult result = laboratory.backup(tree, SnapshotKind.INCREMENTAL);
        assertThat(result.copies()).isEqualTo(2);
        assertThat(laboratory.archives(0)).isEqualTo(laboratory.archives(1));
    }

    @Test
    void anUnreachableDestinationIsTold() throws Exception {
        BackupRequest request = laboratory.request(Laboratory.SOURCE, tree, SnapshotKind.INCREMENTAL);
        BackupResult result = laboratory.backup(new BackupRequest(
                request.source(),
                request.identity(),
                request.key(),
                request.kind(),
                request.tags(),
                request.ignored(),
                request.destinations(),
                Map.of("sftp://gone", "no route"),
                2,
                request.mode()));
        assertThat(result.copies()).isEqualTo(2);
        assertThat(result.isIncomplete()).isTrue();
        assertState(result, 2, BackupResult.State.UNREACHABLE, "no route");
    }

    private static void assertState(BackupResult result, int index, BackupResult.State state, String reason) {
        assertThat(result.destinations().get(index).state()).isEqualTo(state);
        assertThat(result.destinations().get(index).reason()).contains(reason);
    }

    private void assertTheNextCatchesUp() throws Exception {
        BackupResult next = laboratory.backup(tree, SnapshotKind.INCREMENTAL);
        assertThat(next.copies()).as("%s", next.destinations()).isEqualTo(2);
        assertThat(laboratory
                        .restore(next.snapshot().orElseThrow(), temp.resolve("restored-next"))
                        .failovers())
                .isEmpty();
        assertThat(TreeComparer.differences(tree, temp.resolve("restored-next")))
                .isEmpty();
    }
}
