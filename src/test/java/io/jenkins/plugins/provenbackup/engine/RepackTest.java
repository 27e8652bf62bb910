package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.archive.BlockParameters;
import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.backup.BackupTuning;
import io.jenkins.plugins.provenbackup.engine.catalog.ChangeRule;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.policy.RetentionRules;
import io.jenkins.plugins.provenbackup.engine.prune.Prune;
import io.jenkins.plugins.provenbackup.engine.prune.PruneRequest;
import io.jenkins.plugins.provenbackup.engine.prune.PruneResult;
import io.jenkins.plugins.provenbackup.engine.replicate.Replicate;
import io.jenkins.plugins.provenbackup.engine.replicate.ReplicateRequest;
import io.jenkins.plugins.provenbackup.engine.replicate.ReplicateResult;
import io.jenkins.plugins.provenbackup.engine.replicate.Target;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.NewRepository;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.source.FileTreeSource;
import io.jenkins.plugins.provenbackup.engine.source.SourceException;
import io.jenkins.plugins.provenbackup.engine.source.WalkOptions;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage;
import io.jenkins.plugins.provenbackup.engine.storage.StampedStorage;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.target.Overwrite;
import io.jenkins.plugins.provenbackup.engine.target.Unlisted;
import io.jenkins.plugins.provenbackup.engine.verify.Recover;
import io.jenkins.plugins.provenbackup.testing.TreeComparer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blocks of which little is used are written anew, and every snapshot stays the one that it was. */
class RepackTest {

    private static final Duration DAY = Duration.ofHours(24);

    @TempDir
    private Path temp;

    private final ManualClock clock = new ManualClock();
    private final Random random = new Random(11);
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

    private SnapshotId backup(int files) throws Exception {
        for (int i = 0; i < files; i++) {
            SampleFiles.write(tree.resolve("f" + random.nextInt(200)), 500 + random.nextInt(8_000), random.nextLong());
        }
        clock.advance(Duration.ofHours(1));
        return laboratory.backup(tree, SnapshotKind.INCREMENTAL).snapshot().orElseThrow();
    }

    /** Two snapshots are left of many, and of the archives what compaction can make of them. */
    private List<SnapshotId> thinOut() throws Exception {
        List<SnapshotId> snapshots = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            snapshots.add(backup(i == 0 ? 300 : 40));
        }
        List<SnapshotId> kept = List.of(snapshots.get(3), snapshots.get(8));
        snapshots.removeAll(kept);
        gardener.forget(snapshots.toArray(SnapshotId[]::new));
        for (int i = 0; i < 3; i++) {
            gardener.prune(gardener.request(Gardener.SMALL));
            clock.advance(DAY);
        }
        return kept;
    }

    private List<SnapshotId> oldestFirst() throws IOException {
        return laboratory.snapshots(0).stream().map(Manifest::id).distinct().toList();
    }

    private PruneResult repack() throws Exception {
        return gardener.prune(gardener.request(Gardener.SMALL_BLOCKS));
    }

    private void repackAndSweep() throws Exception {
        assertThat(repack().repacked().blocks()).isPositive();
        clock.advance(DAY);
        gardener.prune();
    }

    private void requireNewestIsTheTree() throws Exception {
        List<Manifest> all = laboratory.snapshots(0);
        Path target = temp.resolve("restored-" + random.nextLong());
        assertThat(laboratory.restore(all.get(all.size() - 1).id(), target).failures())
                .isEmpty();
        assertThat(TreeComparer.differences(tree, target)).isEmpty();
    }

    @Test
    void freesTheSpaceInsideBlocksAtEveryDestinationAndNoSnapshotChangesItsId() throws Exception {
        List<SnapshotId> kept = thinOut();
        long without = Gardener.bytes(storages.get(0));

        PruneResult result = repack();
        gardener.requireEverythingRestores();
        clock.advance(DAY);
        gardener.prune();

        assertThat(result.repacked().before()).isGreaterThan(result.repacked().after());
        for (FaultyStorage storage : storages) {
            assertThat(Gardener.bytes(storage)).isLessThan(without * 9 / 10);
        }
        assertThat(gardener.snapshots(0)).isEqualTo(gardener.snapshots(1)).containsExactlyInAnyOrderElementsOf(kept);
        assertThat(laboratory.snapshots(0))
                .allMatch(manifest -> !manifest.moved().places().isEmpty());
        gardener.requireEverythingRestores();
        requireNewestIsTheTree();
    }

    @Test
    void asMuchAsAFreshRepositoryWouldTakeIsLeft() throws Exception {
        thinOut();
        repackAndSweep();
        long bytes = Gardener.bytes(storages.get(0));
        try (Laboratory fresh = Laboratory.at(temp.resolve("fresh"))) {
            fresh.tune(laboratory.tuning());
            for (Manifest manifest : laboratory.snapshots(0)) {
                Path target = temp.resolve("again");
                laboratory.restore(manifest.id(), target, Overwrite.ALWAYS, Unlisted.DELETE);
                fresh.backup(target, SnapshotKind.INCREMENTAL);
            }
            long ideal = Gardener.bytes(fresh.replicas().get(0).storage());
            assertThat((double) bytes / ideal).isLessThan(1.2);
        }
    }

    @Test
    void aSecondRepackFindsNothingToDo() throws Exception {
        thinOut();
        repackAndSweep();
        Set<String> archives = laboratory.archives(0);

        PruneResult again = repack();

        assertThat(again.repacked().blocks()).isZero();
        assertThat(again.compacted().objects()).isZero();
        assertThat(laboratory.archives(0)).isEqualTo(archives);
    }

    /** One archive has something dead in it, the other nothing: both are small, and so is what the first becomes. */
    @Test
    void whatIsSmallIsPutTogetherAtOnceAndNotByTheNextRepack() throws Exception {
        SnapshotId first = backup(60);
        SnapshotId second = backup(30);
        gardener.forget(first);
        assertThat(laboratory.archivesOf(second)).hasSize(2);

        repackAndSweep();
        assertThat(laboratory.archivesOf(second)).hasSize(1);
        Set<String> archives = laboratory.archives(0);
        PruneResult again = repack();

        assertThat(again.compacted().objects()).isZero();
        assertThat(laboratory.archives(0)).isEqualTo(archives);
        gardener.requireEverythingRestores();
        requireNewestIsTheTree();
    }

    @Test
    void theNextBackupStoresNothingOfWhatIsThere() throws Exception {
        thinOut();
        repackAndSweep();
        Files.move(tree.resolve("f" + anyFile()), tree.resolve("renamed"));

        BackupResult next = laboratory.backup(tree, SnapshotKind.INCREMENTAL);
        assertThat(next.totals().filesNew()).isEqualTo(1);
        assertThat(next.totals().bytesAdded())
                .as("what lies in blocks of which it uses less than half")
                .isLessThan(next.totals().bytes() / 10);
        assertThat(laboratory.manifest(next.snapshot().orElseThrow()).moved().places())
                .isNotEmpty();
        laboratory.backup(tree, SnapshotKind.INCREMENTAL);
        Files.move(tree.resolve("renamed"), tree.resolve("renamed-again"));
        assertThat(laboratory.backup(tree, SnapshotKind.INCREMENTAL).totals().bytesAdded())
                .isZero();
        requireNewestIsTheTree();
        gardener.requireEverythingRestores();
    }

    private int anyFile() {
        int any = 0;
        while (!Files.exists(tree.resolve("f" + any))) {
            any++;
        }
        return any;
    }

    @Test
    void repackedBlocksAreRepackedAgain() throws Exception {
        thinOut();
        repackAndSweep();
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 4; i++) {
                backup(50);
            }
            List<SnapshotId> all = oldestFirst();
            gardener.forget(all.get(0), all.get(2), all.get(3));
            repackAndSweep();
            gardener.requireEverythingRestores();
            requireNewestIsTheTree();
        }
        long bytes = Gardener.bytes(storages.get(0));
        gardener.forget(new RetentionRules(1, 0, 0, 0, 0, 0, Optional.empty()));
        repackAndSweep();
        clock.advance(DAY);
        gardener.prune();
        gardener.requireEverythingRestores();
        requireNewestIsTheTree();
        assertThat(Gardener.bytes(storages.get(0))).isLessThan(bytes);
    }

    @Test
    void aDeadRunIsServedNothingThatWasLeftBehind() throws Exception {
        backup(60);
        Path victim = tree.resolve("f" + anyFile());
        byte[] content = Files.readAllBytes(victim);
        FileTime time = Files.getLastModifiedTime(victim);
        List<SnapshotId> gone = new ArrayList<>();
        gone.add(laboratory.snapshots(0).get(0).id());
        killARun();
        Files.write(victim, new byte[] {1, 2, 3});
        SampleFiles.age(victim);
        for (int i = 0; i < 3; i++) {
            gone.add(backup(8));
        }
        gone.remove(gone.size() - 1);
        gardener.forget(gone.toArray(SnapshotId[]::new));
        clock.advance(DAY.plusHours(1));
        repackAndSweep();

        Files.write(victim, content);
        Files.setLastModifiedTime(victim, time);
        var request =
                laboratory.request(new FileTreeSource(List.of(tree), WalkOptions.ALL), SnapshotKind.INCREMENTAL, tree);
        laboratory.backup(Laboratory.ignoring(request, ChangeRule.Ignored.CTIME, ChangeRule.Ignored.INODE));

        gardener.requireEverythingRestores();
        requireNewestIsTheTree();
    }

    /** A run that has put checkpoints when its source fails. */
    private void killARun() throws Exception {
        BackupTuning usual = laboratory.tuning();
        laboratory.tune(usual.withBlocks(new BlockParameters(64 << 10, 64 << 10, 128 << 10, 4))
                .withCheckpoints(1, Duration.ofMillis(1)));
        SampleFiles.write(tree.resolve("e-new"), 3000, 1);
        SampleFiles.write(tree.resolve("g-new"), 3000, 2);
        SampleFiles.write(tree.resolve("z-last"), "fails");
        try {
            laboratory.backup(
                    new SlowSource(new FileTreeSource(List.of(tree), WalkOptions.ALL), Duration.ofMillis(15))
                            .telling(path -> {
                                if (path.equals("z-last")) {
                                    throw new SourceException("the test ends the run");
                                }
                            }),
                    SnapshotKind.INCREMENTAL,
                    tree);
            throw new AssertionError("the run should have failed");
        } catch (SourceException expected) {
            assertThat(expected).hasMessageContaining("test");
        } finally {
            Files.delete(tree.resolve("z-last"));
            laboratory.tune(usual);
        }
    }

    @Test
    void aBackupKeyCannotRepackAndNothingIsTouched() throws Exception {
        thinOut();
        Set<String> before = laboratory.archives(0);
        try (AccessKey backup = laboratory.recovery().backupKey()) {
            PruneRequest request = gardener.request(Gardener.SMALL_BLOCKS);
            PruneRequest withBackupKey = new PruneRequest(
                    request.replicas(),
                    backup,
                    request.compaction(),
                    request.waiting(),
                    request.mode(),
                    request.spool());
            assertThatThrownBy(() -> Prune.run(withBackupKey, ProgressListener.NONE, clock))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("backup key")
                    .hasMessageContaining("--repack");
        }
        assertThat(laboratory.archives(0)).isEqualTo(before);
        assertThat(laboratory.objects(0, "prunes")).isEmpty();
    }

    @Test
    void aDryRunTellsAndChangesNothing() throws Exception {
        thinOut();
        Set<String> before = Gardener.names(storages.get(0), "");
        PruneResult dry = gardener.prune(Gardener.with(
                gardener.request(Gardener.SMALL_BLOCKS), PruneRequest.Waiting.GRACE, PruneRequest.Mode.DRY_RUN));
        assertThat(Gardener.names(storages.get(0), "")).isEqualTo(before);

        PruneResult real = repack();

        assertThat(dry.repacked().blocks()).isEqualTo(real.repacked().blocks()).isPositive();
        assertThat(dry.compacted()).isEqualTo(real.compacted());
    }

    @Test
    void lostManifestsComeBackAsTheyWereAfterIt() throws Exception {
        List<SnapshotId> kept = thinOut();
        repackAndSweep();
        clock.advance(DAY);
        gardener.prune();
        Set<String> before = Gardener.names(storages.get(0), "snapshots");
        for (String name : before) {
            storages.get(0).delete(name);
        }
        Recover.Result result = Recover.run(laboratory.replicas().get(0), laboratory.recovery(), ProgressListener.NONE);
        assertThat(result.recovered()).containsExactlyInAnyOrderElementsOf(kept);
        assertThat(Gardener.names(storages.get(0), "snapshots")).isEqualTo(before);
        gardener.requireEverythingRestores();
    }

    @Test
    void rotIsNotRepacked() throws Exception {
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
        assertThat(repack().repacked().blocks()).isZero();
        assertThat(laboratory.archives(0)).isEqualTo(before);
    }

    @Test
    void atOneDestinationAloneTheOtherStaysWholeAndIsCaughtUp() throws Exception {
        List<SnapshotId> kept = thinOut();
        List<Replica> both = List.copyOf(laboratory.replicas());
        PruneRequest request = gardener.request(Gardener.SMALL_BLOCKS);
        for (int i = 0; i < 3; i++) {
            gardener.prune(new PruneRequest(
                    both.subList(0, 1),
                    request.key(),
                    request.compaction(),
                    request.waiting(),
                    request.mode(),
                    request.spool()));
            clock.advance(DAY);
        }
        assertThat(Gardener.names(storages.get(0), "snapshots"))
                .isNotEqualTo(Gardener.names(storages.get(1), "snapshots"));
        gardener.requireEverythingRestores();

        backup(10);
        gardener.requireEverythingRestores();
        requireNewestIsTheTree();
        repack();
        for (int i = 0; i < 3; i++) {
            clock.advance(DAY);
            gardener.prune(gardener.request(Gardener.SMALL));
        }
        assertThat(gardener.snapshots(0)).isEqualTo(gardener.snapshots(1)).containsAll(kept);
        gardener.requireEverythingRestores();
    }

    @Test
    void aNewReplicaOfWhatWasRepackedRestoresByItself() throws Exception {
        List<SnapshotId> kept = thinOut();
        repackAndSweep();
        backup(10);
        Replica from = laboratory.replicas().get(0);
        Replica third = NewRepository.createLike(from, Laboratory.local(temp.resolve("third")));

        ReplicateResult result = Replicate.run(
                ReplicateRequest.all(List.of(from), Target.of(third), ReplicateRequest.Mode.WRITE),
                ProgressListener.NONE);

        assertThat(result.state()).as(result.reason()).isEqualTo(ReplicateResult.State.COMPLETE);
        laboratory.replicas().forEach(Replica::close);
        laboratory.replicas().clear();
        laboratory.replicas().add(third);
        assertThat(gardener.snapshots(0)).hasSize(3).containsAll(kept);
        gardener.requireEverythingRestores();
        requireNewestIsTheTree();
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
                PruneResult result = Prune.run(gardener.request(Gardener.SMALL_BLOCKS), ProgressListener.NONE, clock);
                done += result.isComplete() ? 1 : 0;
            } catch (StorageException e) {
                failed++;
            }
            faulty.heal();
            clock.advance(Duration.ofHours(7));
            gardener.requireEverythingRestores();
            requireNewestIsTheTree();
        }
        assertThat(failed).isGreaterThan(15);
        for (int i = 0; i < 12; i++) {
            repack();
            clock.advance(DAY);
        }
        gardener.requireEverythingRestores();
        for (int i = 0; i < 2; i++) {
            assertThat(laboratory.objects(i, "prunes")).isEmpty();
            assertThat(laboratory.objects(i, "runs")).isEmpty();
        }
    }

    @Test
    void manyDaysOfBackupsForgetsPrunesAndRepacksInAnyOrder() throws Exception {
        long seed = System.nanoTime();
        Random choice = new Random(seed);
        List<Replica> both = List.copyOf(laboratory.replicas());
        backup(200);
        for (int step = 0; step < 40; step++) {
            switch (choice.nextInt(6)) {
                case 0, 1 -> backup(20);
                case 2 -> {
                    List<SnapshotId> all = oldestFirst();
                    if (all.size() > 3) {
                        gardener.forget(all.get(choice.nextInt(all.size() - 1)));
                    }
                }
                case 3 -> {
                    clock.advance(Duration.ofHours(choice.nextInt(30)));
                    gardener.prune(gardener.request(Gardener.SMALL));
                }
                case 4 -> {
                    clock.advance(Duration.ofHours(choice.nextInt(30)));
                    repack();
                }
                default -> {
                    PruneRequest request = gardener.request(Gardener.SMALL_BLOCKS);
                    int one = choice.nextInt(2);
                    gardener.prune(new PruneRequest(
                            both.subList(one, one + 1),
                            request.key(),
                            request.compaction(),
                            request.waiting(),
                            request.mode(),
                            request.spool()));
                }
            }
            try {
                gardener.requireEverythingRestores();
                requireNewestIsTheTree();
            } catch (AssertionError | IOException e) {
                throw new AssertionError("step " + step + ", seed " + seed, e);
            }
        }
    }
}
