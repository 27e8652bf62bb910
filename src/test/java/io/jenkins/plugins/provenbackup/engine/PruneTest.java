package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.prune.PruneRefusedException;
import io.jenkins.plugins.provenbackup.engine.prune.PruneRequest;
import io.jenkins.plugins.provenbackup.engine.prune.PruneResult;
import io.jenkins.plugins.provenbackup.engine.repository.ArchiveTable;
import io.jenkins.plugins.provenbackup.engine.repository.Checkpoint;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.RunId;
import io.jenkins.plugins.provenbackup.engine.repository.RunStore;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.storage.BytesPayload;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage.Verb;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import io.jenkins.plugins.provenbackup.engine.storage.StampedStorage;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What prune deletes, when, and what it leaves alone. */
class PruneTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofHours(24);

    @TempDir
    private Path temp;

    private final ManualClock clock = new ManualClock();
    private Path tree;
    private FaultyStorage storage;
    private Laboratory laboratory;
    private Gardener gardener;

    @BeforeEach
    void create() throws Exception {
        tree = temp.resolve("tree");
        storage = stamped("a");
        laboratory = Laboratory.at(List.of(storage));
        laboratory.clock(clock);
        gardener = new Gardener(laboratory, clock, Files.createDirectory(temp.resolve("spool")));
    }

    private FaultyStorage stamped(String name) throws Exception {
        return FaultyStorage.over(StampedStorage.over(Laboratory.local(temp.resolve(name)), clock));
    }

    @AfterEach
    void close() {
        laboratory.close();
    }

    /** Each backup an hour after the one before. */
    private SnapshotId backup(long seed) throws Exception {
        SampleFiles.write(tree.resolve("file"), 300_000, seed);
        clock.advance(HOUR);
        return laboratory.backup(tree, SnapshotKind.INCREMENTAL).snapshot().orElseThrow();
    }

    @Test
    void condemnsFirstAndDeletesADayLater() throws Exception {
        SnapshotId first = backup(1);
        Set<String> old = laboratory.archivesOf(first);
        SnapshotId second = backup(2);
        gardener.forget(first);
        old.removeAll(laboratory.archivesOf(second));
        assertThat(old).isNotEmpty();

        PruneResult.Destination condemning = gardener.prune().destinations().get(0);
        assertThat(condemning.condemned().objects()).isPositive();
        assertThat(condemning.condemned().bytes()).isGreaterThan(300_000);
        assertThat(condemning.deleted().objects()).isZero();
        assertThat(laboratory.archives(0)).containsAll(old);

        clock.advance(DAY.minusSeconds(1));
        PruneResult.Destination early = gardener.prune().destinations().get(0);
        assertThat(early.deleted().objects()).isZero();
        assertThat(early.waiting().bytes()).isEqualTo(condemning.condemned().bytes());
        assertThat(laboratory.archives(0)).containsAll(old);

        clock.advance(Duration.ofSeconds(1));
        PruneResult.Destination due = gardener.prune().destinations().get(0);
        assertThat(due.deleted().bytes()).isEqualTo(condemning.condemned().bytes());
        assertThat(laboratory.archives(0)).doesNotContainAnyElementsOf(old);
        gardener.requireEverythingRestores();
    }

    @Test
    void leavesNoRecordOfItselfInTheEnd() throws Exception {
        SnapshotId first = backup(1);
        backup(2);
        gardener.forget(first);
        for (int i = 0; i < 10; i++) {
            gardener.prune();
            clock.advance(DAY);
        }
        assertThat(laboratory.objects(0, "prunes")).isEmpty();
        assertThat(laboratory.objects(0, "runs")).isEmpty();
        assertThat(laboratory.objects(0, "archives"))
                .hasSize(laboratory
                        .archivesOf(gardener.snapshots(0).iterator().next())
                        .size());
        assertThat(gardener.prune().destinations().get(0).condemned().objects()).isZero();
    }

    @Test
    void nowSkipsTheWait() throws Exception {
        SnapshotId first = backup(1);
        SnapshotId second = backup(2);
        gardener.forget(first);
        PruneResult.Destination done = gardener.prune(Gardener.with(
                        gardener.request(PruneRequest.Compacting.NONE),
                        PruneRequest.Waiting.NOW,
                        PruneRequest.Mode.WRITE))
                .destinations()
                .get(0);
        assertThat(done.deleted().bytes()).isGreaterThan(300_000);
        assertThat(laboratory.archives(0)).isEqualTo(laboratory.archivesOf(second));
        assertThat(laboratory.objects(0, "prunes")).isEmpty();
        gardener.requireEverythingRestores();
    }

    @Test
    void aDryRunChangesNothingAndTellsTheSame() throws Exception {
        SnapshotId first = backup(1);
        backup(2);
        gardener.forget(first);
        Set<String> before = Gardener.names(storage, "");
        PruneRequest request = gardener.request(PruneRequest.Compacting.NONE);
        PruneResult dry = gardener.prune(Gardener.with(request, PruneRequest.Waiting.GRACE, PruneRequest.Mode.DRY_RUN));
        assertThat(Gardener.names(storage, "")).isEqualTo(before);
        assertThat(dry.destinations().get(0).condemned())
                .isEqualTo(gardener.prune().destinations().get(0).condemned());
    }

    @Test
    void aBackupThatNamesWhatWasCondemnedMeanwhileKeepsIt() throws Exception {
        SnapshotId first = backup(1);
        Manifest manifest = laboratory.manifest(first);
        backup(2);
        gardener.forget(first);
        gardener.prune();
        // The manifest of a backup that had looked just before the prune condemned anything.
        new io.jenkins.plugins.provenbackup.engine.repository.SnapshotStore(
                        laboratory.replicas().get(0))
                .put(manifest, manifest.encode(laboratory.key()));
        clock.advance(DAY);
        assertThat(gardener.prune().destinations().get(0).deleted().bytes()).isLessThan(100_000);
        gardener.requireEverythingRestores();
        assertThat(gardener.snapshots(0)).hasSize(2);
    }

    @Test
    void aLivingRunKeepsWhatItsCheckpointsNameAndWhatCameSinceItBegan() throws Exception {
        SnapshotId first = backup(1);
        ArchiveTable table = laboratory.manifest(first).archives();
        backup(2);
        gardener.forget(first);
        RunId run = RunId.random();
        checkpoint(run, 0, new ArchiveTable(List.of()));
        byte[] content = "put by the run, named by nobody yet".getBytes(StandardCharsets.UTF_8);
        String fresh = Layout.archive(ObjectHash.ofContent(content));
        storage.put(fresh, BytesPayload.of(content));
        checkpoint(run, 1, table);

        assertThat(gardener.prune().destinations().get(0).condemned().bytes()).isLessThan(100_000);
        clock.advance(DAY);
        PruneResult.Destination dead = gardener.prune().destinations().get(0);
        assertThat(dead.condemned().bytes()).isGreaterThan(300_000);
        assertThat(laboratory.archives(0)).contains(fresh);
        clock.advance(DAY);
        gardener.prune();
        assertThat(laboratory.archives(0)).doesNotContain(fresh);
        gardener.requireEverythingRestores();
    }

    private void checkpoint(RunId run, int number, ArchiveTable table) throws Exception {
        new RunStore(laboratory.replicas().get(0))
                .put(
                        new Checkpoint(
                                laboratory.key().repositoryId(),
                                laboratory.key().sourceId(),
                                1,
                                run,
                                number,
                                clock.instant(),
                                table,
                                List.of()),
                        laboratory.key());
    }

    @Test
    void oneManifestThatCannotBeReadAndNothingIsDeleted() throws Exception {
        SnapshotId first = backup(1);
        backup(2);
        gardener.forget(first);
        gardener.prune();
        clock.advance(DAY);
        Set<String> before = Gardener.names(storage, "archives");
        String manifest = laboratory.objects(0, "snapshots").get(0).name();
        Path file = temp.resolve("a").resolve(manifest);
        byte[] intact = Files.readAllBytes(file);
        byte[] damaged = intact.clone();
        damaged[damaged.length / 2] ^= 1;
        Files.write(file, damaged);

        assertThatThrownBy(() -> gardener.prune())
                .isInstanceOf(PruneRefusedException.class)
                .hasMessageContaining(manifest)
                .hasMessageContaining("Nothing was deleted");
        assertThat(Gardener.names(storage, "archives")).isEqualTo(before);

        Files.write(file, intact);
        gardener.prune();
        assertThat(Gardener.names(storage, "archives")).isNotEqualTo(before);
    }

    @Test
    void aManifestUnderAnotherNameStopsIt() throws Exception {
        SnapshotId first = backup(1);
        backup(2);
        gardener.forget(first);
        String manifest = laboratory.objects(0, "snapshots").get(0).name();
        Files.move(temp.resolve("a").resolve(manifest), temp.resolve("a").resolve(manifest + ".bak"));
        assertThatThrownBy(() -> gardener.prune())
                .isInstanceOf(PruneRefusedException.class)
                .hasMessageContaining(".bak");
    }

    @Test
    void aListingThatFailsStopsIt() throws Exception {
        SnapshotId first = backup(1);
        backup(2);
        gardener.forget(first);
        gardener.prune();
        clock.advance(DAY);
        for (String folder : List.of("archives", "catalogs", "snapshots", "runs", "prunes", "forgotten", "holds")) {
            storage.on(Verb.LIST).named(folder).failForGood();
            assertThatThrownBy(() -> gardener.prune()).isInstanceOf(StorageException.class);
            assertThat(storage.calls(Verb.DELETE)).isLessThanOrEqualTo(30);
            storage.heal();
        }
        assertThat(gardener.prune().destinations().get(0).deleted().bytes()).isGreaterThan(300_000);
        gardener.requireEverythingRestores();
    }

    @Test
    void aListingFromThePastStopsIt() throws Exception {
        backup(1);
        var before = storage.list("prunes");
        storage.on(Verb.LIST).named("prunes").lie(list -> before);
        assertThatThrownBy(() -> gardener.prune())
                .isInstanceOf(PruneRefusedException.class)
                .hasMessageContaining("old state");
    }

    @Test
    void lostManifestsDoNotMakeTheirArchivesGarbage() throws Exception {
        SnapshotId only = backup(1);
        for (var object : laboratory.objects(0, "snapshots")) {
            Files.delete(temp.resolve("a").resolve(object.name()));
        }
        Set<String> needed = new TreeSet<>(laboratory.archives(0));
        for (int i = 0; i < 4; i++) {
            PruneResult.Destination result = gardener.prune().destinations().get(0);
            assertThat(i == 0 || result.lost() == 1).isTrue();
            clock.advance(DAY);
        }
        assertThat(laboratory.archives(0)).containsAll(needed);
        var recovered = io.jenkins.plugins.provenbackup.engine.verify.Recover.run(
                laboratory.replicas().get(0), laboratory.recovery(), ProgressListener.NONE);
        assertThat(recovered.recovered()).containsExactly(only);
        gardener.requireEverythingRestores();
    }

    @Test
    void uploadsThatNeverEndedGoAfterAWeek() throws Exception {
        backup(1);
        Path young = Files.writeString(temp.resolve("a/archives/.tmp-young"), "half an archive");
        Path old = Files.writeString(temp.resolve("a/.tmp-old"), "half an archive");
        Files.setLastModifiedTime(old, FileTime.from(clock.instant().minus(Duration.ofDays(7))));
        Files.setLastModifiedTime(young, FileTime.from(clock.instant().minus(Duration.ofDays(6))));
        assertThat(gardener.prune().destinations().get(0).leftovers()).isEqualTo(1);
        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    @Test
    void whatTheStorageItselfKeepsIsLeftAlone() throws Exception {
        SnapshotId first = backup(1);
        String locked = laboratory.archivesOf(first).iterator().next();
        backup(2);
        gardener.forget(first);
        Instant until = clock.instant().plus(Duration.ofDays(3));
        laboratory.replace(0, new LockedStorage(storage, locked, until));
        for (int i = 0; i < 3; i++) {
            gardener.prune();
            clock.advance(DAY);
        }
        assertThat(laboratory.archives(0)).contains(locked);
        assertThat(laboratory.objects(0, "prunes")).isNotEmpty();
        for (int i = 0; i < 3; i++) {
            gardener.prune();
            clock.advance(DAY);
        }
        assertThat(laboratory.archives(0)).doesNotContain(locked);
        assertThat(laboratory.objects(0, "prunes")).isEmpty();
    }

    @Test
    void aSourceKeyCannotPrune() {
        assertThatThrownBy(() -> gardener.prune(new PruneRequest(
                        laboratory.replicas(),
                        laboratory.key(),
                        PruneRequest.Compacting.NONE,
                        PruneRequest.Waiting.GRACE,
                        PruneRequest.Mode.WRITE,
                        temp)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("source key");
    }

    @Test
    void theLastCopyOfWhatAnotherDestinationLacksStays() throws Exception {
        Storage other = stamped("b");
        try (Laboratory two = Laboratory.at(List.of(storage2(), other))) {
            two.clock(clock);
            Gardener both = new Gardener(two, clock, temp.resolve("spool"));
            SampleFiles.write(tree.resolve("file"), 300_000, 1);
            SnapshotId first = two.backup(tree, SnapshotKind.FULL).snapshot().orElseThrow();
            Set<String> old = two.archivesOf(first);
            SampleFiles.write(tree.resolve("file"), 300_000, 2);
            clock.advance(HOUR);
            SnapshotId second = two.backup(tree, SnapshotKind.FULL).snapshot().orElseThrow();
            // Forgotten at the first destination only; the second has lost the archive.
            both.forget(
                    two.replicas().subList(0, 1),
                    io.jenkins.plugins.provenbackup.engine.policy.RetentionRules.NONE,
                    first);
            for (String archive : old) {
                Files.delete(temp.resolve("b").resolve(archive));
            }
            for (int i = 0; i < 3; i++) {
                both.prune();
                clock.advance(DAY);
            }
            assertThat(two.archives(0)).containsAll(old);
            assertThat(two.archives(1)).isEqualTo(two.archivesOf(second));
        }
    }

    private FaultyStorage storage2() throws Exception {
        return stamped("c");
    }

    @Test
    void everyNthCallThatFailsLeavesAllSnapshotsWhole() throws Exception {
        SnapshotId first = backup(1);
        backup(2);
        SnapshotId third = backup(3);
        backup(4);
        gardener.forget(first);
        gardener.prune();
        clock.advance(DAY);
        gardener.forget(third);
        int n = 1;
        int failed = 0;
        while (true) {
            int before = calls();
            storage.dieAt(n);
            boolean isDone;
            try {
                isDone = io.jenkins.plugins.provenbackup.engine.prune.Prune.run(
                                gardener.request(PruneRequest.Compacting.NONE), ProgressListener.NONE, clock)
                        .isComplete();
            } catch (StorageException e) {
                isDone = false;
            }
            storage.heal();
            gardener.requireEverythingRestores();
            if (isDone && calls() - before < n + 200 && n > 40) {
                break;
            }
            failed += isDone ? 0 : 1;
            n++;
            if (n > 200) {
                break;
            }
        }
        assertThat(failed).isGreaterThan(15);
        for (int i = 0; i < 4; i++) {
            gardener.prune();
            clock.advance(DAY);
        }
        assertThat(laboratory.objects(0, "prunes")).isEmpty();
        Set<String> needed = new TreeSet<>();
        for (SnapshotId id : gardener.snapshots(0)) {
            needed.addAll(laboratory.archivesOf(id));
        }
        assertThat(laboratory.archives(0)).isEqualTo(needed);
        gardener.requireEverythingRestores();
    }

    private int calls() {
        int calls = 0;
        for (Verb verb : Verb.values()) {
            calls += storage.calls(verb);
        }
        return calls;
    }
}
