package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.archive.BlockParameters;
import io.jenkins.plugins.provenbackup.engine.policy.RetentionRules;
import io.jenkins.plugins.provenbackup.engine.prune.Prune;
import io.jenkins.plugins.provenbackup.engine.prune.PruneResult;
import io.jenkins.plugins.provenbackup.engine.replicate.Replicate;
import io.jenkins.plugins.provenbackup.engine.replicate.ReplicateRequest;
import io.jenkins.plugins.provenbackup.engine.replicate.ReplicateResult;
import io.jenkins.plugins.provenbackup.engine.replicate.Target;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage;
import io.jenkins.plugins.provenbackup.engine.storage.StampedStorage;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that are mostly empty are written anew, and nothing is lost on the way. */
class CompactionTest {

    private static final Duration DAY = Duration.ofHours(24);

    @TempDir
    private Path temp;

    private final ManualClock clock = new ManualClock();
    private final Random random = new Random(5);
    private final List<FaultyStorage> storages = new ArrayList<>();
    private Path tree;
    private Laboratory laboratory;
    private Gardener gardener;

    @BeforeEach
    void create() throws Exception {
        tree = temp.resolve("tree");
        for (String name : List.of("a", "b")) {
            storages.add(FaultyStorage.over(StampedStorage.over(Laboratory.local(temp.resolve(name)), clock)));
        }
        laboratory = Laboratory.at(List.<Storage>copyOf(storages));
        laboratory.clock(clock);
        laboratory.tune(laboratory.tuning().withBlocks(new BlockParameters(64 << 10, 64 << 10, 1 << 20, 5)));
        gardener = new Gardener(laboratory, clock, Files.createDirectory(temp.resolve("spool")));
    }

    @AfterEach
    void close() {
        laboratory.close();
    }

    private SnapshotId backup(SnapshotKind kind, int files) throws Exception {
        for (int i = 0; i < files; i++) {
            SampleFiles.write(tree.resolve("f" + random.nextInt(60)), 1000 + random.nextInt(60_000), random.nextLong());
        }
        clock.advance(Duration.ofHours(1));
        return laboratory.backup(tree, kind).snapshot().orElseThrow();
    }

    private void thinOut() throws Exception {
        for (int i = 0; i < 6; i++) {
            backup(SnapshotKind.INCREMENTAL, 25);
        }
        RetentionRules rules = new RetentionRules(2, 0, 0, 0, 0, 0, Optional.empty());
        gardener.forget(rules);
    }

    @Test
    void freesTheSpaceOfDeadBlocksAtEveryDestination() throws Exception {
        thinOut();
        gardener.prune();
        clock.advance(DAY);
        gardener.prune();
        long without = Gardener.bytes(storages.get(0));

        PruneResult result = gardener.prune(gardener.request(Gardener.SMALL));
        gardener.requireEverythingRestores();
        assertThat(result.compacted().objects()).isPositive();
        clock.advance(DAY);
        gardener.prune(gardener.request(Gardener.SMALL));

        gardener.requireEverythingRestores();
        for (FaultyStorage storage : storages) {
            assertThat(Gardener.bytes(storage)).isLessThan(without * 9 / 10);
        }
        assertThat(laboratory.snapshots(0)).hasSize(2).allMatch(manifest -> manifest.generation() > 0);
        assertThat(Gardener.names(storages.get(0), "snapshots"))
                .isEqualTo(Gardener.names(storages.get(1), "snapshots"));
        backup(SnapshotKind.INCREMENTAL, 3);
        gardener.requireEverythingRestores();
    }

    @Test
    void theNextBackupStoresOnlyWhatIsNew() throws Exception {
        thinOut();
        gardener.prune(gardener.request(Gardener.SMALL));
        clock.advance(DAY);
        gardener.prune(gardener.request(Gardener.SMALL));
        var result = laboratory.backup(tree, SnapshotKind.INCREMENTAL);
        long sparse = 6 * 64 << 10;
        assertThat(result.totals().bytesAdded()).isLessThan(sparse);
        gardener.requireEverythingRestores();
    }

    @Test
    void whatAFullSnapshotMadeIndependentStaysSo() throws Exception {
        for (int i = 0; i < 4; i++) {
            backup(SnapshotKind.INCREMENTAL, 25);
        }
        backup(SnapshotKind.FULL, 25);
        for (int i = 0; i < 4; i++) {
            backup(SnapshotKind.INCREMENTAL, 25);
        }
        List<SnapshotId> gone = laboratory.snapshots(0).stream()
                .filter(manifest -> manifest.sequence() != 4 && manifest.sequence() != 9)
                .map(Manifest::id)
                .toList();
        gardener.forget(gone.toArray(SnapshotId[]::new));

        assertThat(gardener.prune(gardener.request(Gardener.SMALL)).compacted().objects())
                .isPositive();

        List<SnapshotId> kept = List.copyOf(gardener.snapshots(0));
        assertThat(kept).hasSize(2).allMatch(id -> isCompacted(id));
        assertThat(laboratory.archivesOf(kept.get(0)))
                .isNotEmpty()
                .doesNotContainAnyElementsOf(laboratory.archivesOf(kept.get(1)));
        gardener.requireEverythingRestores();
    }

    private boolean isCompacted(SnapshotId id) {
        try {
            return laboratory.manifest(id).generation() > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void rotIsNotCopiedUnderANewName() throws Exception {
        thinOut();
        Set<String> before = laboratory.archives(0);
        for (String archive : before) {
            for (String destination : List.of("a", "b")) {
                Path file = temp.resolve(destination).resolve(archive);
                byte[] bytes = Files.readAllBytes(file);
                bytes[bytes.length / 3] ^= 4;
                Files.write(file, bytes);
            }
        }
        assertThat(gardener.prune(gardener.request(Gardener.SMALL)).compacted().objects())
                .isZero();
        assertThat(laboratory.archives(0)).isEqualTo(before);
    }

    @Test
    void whatIsDamagedAtOneDestinationIsReadFromTheOther() throws Exception {
        thinOut();
        for (String archive : laboratory.archives(0)) {
            Path file = temp.resolve("a").resolve(archive);
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 3] ^= 4;
            Files.write(file, bytes);
        }
        assertThat(gardener.prune(gardener.request(Gardener.SMALL)).compacted().objects())
                .isPositive();
    }

    @Test
    void destinationsThatItLeavesAtDifferentGenerationsServeAndAreCaughtUp() throws Exception {
        thinOut();
        storages.get(1).on(FaultyStorage.Verb.PUT).named("snapshots/").from(2).failForGood();
        assertThatThrownBy(() -> Prune.run(gardener.request(Gardener.SMALL), ProgressListener.NONE, clock))
                .isInstanceOf(StorageException.class);
        storages.forEach(FaultyStorage::heal);
        assertThat(generations(0)).isNotEqualTo(generations(1));

        gardener.requireEverythingRestores();
        Map<SnapshotId, Integer> before = generations(0);
        ReplicateResult back = replicate(1, 0);
        assertThat(back.state()).isEqualTo(ReplicateResult.State.COMPLETE);
        assertThat(generations(0)).as("an older generation replaces none").isEqualTo(before);
        ReplicateResult there = replicate(0, 1);
        assertThat(there.state()).as(there.reason()).isEqualTo(ReplicateResult.State.COMPLETE);
        assertThat(generations(1)).isEqualTo(before);
        backup(SnapshotKind.INCREMENTAL, 3);
        gardener.requireEverythingRestores();
        clock.advance(DAY);
        gardener.prune();
        clock.advance(DAY);
        gardener.prune();
        gardener.requireEverythingRestores();
        assertThat(Gardener.names(storages.get(0), "archives")).isEqualTo(Gardener.names(storages.get(1), "archives"));
    }

    /** As a kill between the two destinations leaves it: no later compaction need concern these snapshots. */
    @Test
    void theNextPruneBringsADestinationThatWasLeftBehindToTheHighestGeneration() throws Exception {
        thinOut();
        storages.get(1).on(FaultyStorage.Verb.PUT).named("snapshots/").from(2).failForGood();
        assertThatThrownBy(() -> Prune.run(gardener.request(Gardener.SMALL), ProgressListener.NONE, clock))
                .isInstanceOf(StorageException.class);
        storages.forEach(FaultyStorage::heal);
        Map<SnapshotId, Integer> highest = generations(0);
        assertThat(generations(1)).isNotEqualTo(highest);

        gardener.prune();
        assertThat(generations(1)).isEqualTo(highest);
        clock.advance(DAY);
        gardener.prune();

        gardener.requireEverythingRestores();
        assertThat(laboratory.archives(0)).isEqualTo(neededArchives());
        assertThat(laboratory.archives(1)).isEqualTo(neededArchives());
    }

    /** What was condemned where it was not needed cannot be named there again until it is gone. */
    @Test
    void whatIsBehindIsLeftUntilWhatItNeedsIsNotCondemnedAnyMore() throws Exception {
        thinOut();
        storages.get(1).on(FaultyStorage.Verb.PUT).named("snapshots/").from(2).failForGood();
        assertThatThrownBy(() -> Prune.run(gardener.request(Gardener.SMALL), ProgressListener.NONE, clock))
                .isInstanceOf(StorageException.class);
        storages.forEach(FaultyStorage::heal);
        Map<SnapshotId, Integer> highest = generations(0);
        laboratory.condemn(1, neededArchives());

        gardener.prune();
        assertThat(generations(1)).isNotEqualTo(highest);
        gardener.requireEverythingRestores();
        for (int i = 0; i < 5; i++) {
            clock.advance(DAY);
            gardener.prune();
            gardener.requireEverythingRestores();
        }

        assertThat(generations(1)).isEqualTo(highest);
        assertThat(laboratory.archives(1)).isEqualTo(neededArchives());
    }

    private Set<String> neededArchives() throws IOException {
        Set<String> needed = new TreeSet<>();
        for (SnapshotId id : gardener.snapshots(0)) {
            needed.addAll(laboratory.archivesOf(id));
        }
        return needed;
    }

    /** The copies are a dead run's, so they serve the next backup; but the parent names the originals already. */
    @Test
    void aBackupAfterAKilledCompactionNamesNoBlockTwice() throws Exception {
        thinOut();
        for (FaultyStorage storage : storages) {
            storage.on(FaultyStorage.Verb.PUT).named("snapshots/").failForGood();
            storage.on(FaultyStorage.Verb.DELETE).failForGood();
        }
        assertThatThrownBy(() -> Prune.run(gardener.request(Gardener.SMALL), ProgressListener.NONE, clock))
                .isInstanceOf(StorageException.class);
        storages.forEach(FaultyStorage::heal);
        assertThat(laboratory.objects(0, "runs")).isNotEmpty();

        SnapshotId id = backup(SnapshotKind.INCREMENTAL, 3);

        gardener.requireEverythingRestores();
        List<String> blocks = new ArrayList<>();
        laboratory
                .manifest(id)
                .archives()
                .archives()
                .forEach(row -> row.ranges()
                        .forEach(range -> range.numbers().forEach(block -> blocks.add(range.stream() + " " + block))));
        assertThat(blocks).doesNotHaveDuplicates();
    }

    private Map<SnapshotId, Integer> generations(int index) throws IOException {
        Map<SnapshotId, Integer> generations = new HashMap<>();
        laboratory
                .snapshots(index)
                .forEach(manifest -> generations.merge(manifest.id(), manifest.generation(), Math::max));
        return generations;
    }

    private ReplicateResult replicate(int from, int to) throws IOException, InterruptedException {
        List<Replica> replicas = laboratory.replicas();
        return Replicate.run(
                ReplicateRequest.all(
                        List.of(replicas.get(from)), Target.of(replicas.get(to)), ReplicateRequest.Mode.WRITE),
                ProgressListener.NONE);
    }

    @Test
    void everyNthCallThatFailsLeavesAllSnapshotsWhole() throws Exception {
        thinOut();
        int failed = 0;
        int done = 0;
        for (int n = 1; done < 1 && n < 400; n += 1 + n / 12) {
            FaultyStorage faulty = storages.get(n % 2);
            faulty.dieAt(n);
            try {
                PruneResult result = Prune.run(gardener.request(Gardener.SMALL), ProgressListener.NONE, clock);
                done += result.isComplete() ? 1 : 0;
            } catch (StorageException e) {
                failed++;
            }
            faulty.heal();
            clock.advance(Duration.ofHours(7));
            gardener.requireEverythingRestores();
        }
        assertThat(failed).isGreaterThan(15);
        for (int i = 0; i < 12; i++) {
            gardener.prune(gardener.request(Gardener.SMALL));
            clock.advance(DAY);
        }
        gardener.requireEverythingRestores();
        for (int i = 0; i < 2; i++) {
            assertThat(laboratory.archives(i)).isEqualTo(neededArchives());
            assertThat(laboratory.objects(i, "prunes")).isEmpty();
            assertThat(laboratory.objects(i, "runs")).isEmpty();
        }
    }
}
