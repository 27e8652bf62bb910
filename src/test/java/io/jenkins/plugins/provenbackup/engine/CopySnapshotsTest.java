package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.archive.BlockParameters;
import io.jenkins.plugins.provenbackup.engine.backup.BackupRequest;
import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.copy.CopyRequest;
import io.jenkins.plugins.provenbackup.engine.copy.CopyResult;
import io.jenkins.plugins.provenbackup.engine.copy.CopySnapshots;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import io.jenkins.plugins.provenbackup.engine.policy.RetentionRules;
import io.jenkins.plugins.provenbackup.engine.prune.PruneRequest;
import io.jenkins.plugins.provenbackup.engine.repository.ForgottenRecords;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotStore;
import io.jenkins.plugins.provenbackup.engine.restore.Restore;
import io.jenkins.plugins.provenbackup.engine.restore.RestoreRequest;
import io.jenkins.plugins.provenbackup.engine.snapshots.ListSnapshots;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage.Verb;
import io.jenkins.plugins.provenbackup.engine.storage.Retention;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.target.Overwrite;
import io.jenkins.plugins.provenbackup.engine.target.Ownership;
import io.jenkins.plugins.provenbackup.engine.target.Unlisted;
import io.jenkins.plugins.provenbackup.testing.TreeComparer;
import io.jenkins.plugins.provenbackup.testing.TreeFixture;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots get into a repository with other keys as they are, once, and nothing of the first repository's keys with them. */
class CopySnapshotsTest {

    @TempDir
    private Path temp;

    private Path tree;
    private Laboratory from;
    private Laboratory to;
    private FaultyStorage target;
    private final List<SnapshotId> originals = new ArrayList<>();

    @BeforeEach
    void twoRepositories() throws Exception {
        tree = temp.resolve("tree");
        from = Laboratory.at(temp.resolve("from"));
        BlockParameters small = new BlockParameters(100_000, 256 << 10, 200_000, 4);
        from.tune(from.tuning().withBlocks(small));
        target = FaultyStorage.over(Laboratory.local(temp.resolve("to")));
        to = Laboratory.at(List.of(target));
        to.tune(to.tuning().withBlocks(small));
        for (int i = 0; i < 30; i++) {
            SampleFiles.write(tree.resolve("d" + i % 3).resolve("f" + i), 50_000, i);
        }
        SampleFiles.write(tree.resolve("large"), 5_000_000, 99);
        try (RandomAccessFile sparse =
                new RandomAccessFile(tree.resolve("sparse").toFile(), "rw")) {
            sparse.setLength(3_000_000);
            sparse.seek(1_000_000);
            sparse.write(new byte[] {1, 2, 3});
        }
        Files.createLink(tree.resolve("link"), tree.resolve("d0/f0"));
        backup();
        SampleFiles.write(tree.resolve("d1/new"), 70_000, 500);
        backup();
    }

    @AfterEach
    void close() {
        from.close();
        to.close();
    }

    @Test
    void copiesRestoreToTheSameTreesAndSayWhatTheyAre() throws Exception {
        CopyResult result = copy();

        assertThat(result.count(CopyResult.State.COPIED)).isEqualTo(2);
        List<Manifest> copies = to.snapshots(0);
        assertThat(copies).hasSize(2);
        for (int i = 0; i < 2; i++) {
            Manifest original = from.manifest(originals.get(i));
            Manifest copy = copies.get(i);
            assertThat(copy.source()).isEqualTo(original.source());
            assertThat(copy.start()).isEqualTo(original.start());
            assertThat(copy.end()).isEqualTo(original.end());
            assertThat(copy.facts().host()).isEqualTo("host");
            assertThat(copy.facts().roots()).isEqualTo(original.facts().roots());
            assertThat(copy.tags().get(ForgottenRecords.ORIGIN))
                    .isEqualTo(from.recovery().repositoryId().hex().substring(0, 8) + ":"
                            + original.id().hex().substring(0, 16));
            assertThat(copy.totals().bytes()).isEqualTo(original.totals().bytes());
        }
        from.restore(originals.get(0), temp.resolve("first"));
        assertThat(to.restore(copies.get(0).id(), temp.resolve("first-copy")).failures())
                .isEmpty();
        assertThat(TreeComparer.differences(temp.resolve("first"), temp.resolve("first-copy")))
                .isEmpty();
        to.restore(copies.get(1).id(), temp.resolve("second-copy"));
        assertThat(TreeComparer.differences(tree, temp.resolve("second-copy"))).isEmpty();
    }

    @Test
    void repackedOriginalsAreCopiedAndBackedUpOnAfterARepackOfTheCopies() throws Exception {
        for (int round = 0; round < 2; round++) {
            for (int i = round; i < 30; i += 2 + (i + round) % 3) {
                SampleFiles.write(tree.resolve("d" + i % 3).resolve("f" + i), 40_000, 900 + i + 100 * round);
            }
            backup();
            CopyResult copied = copy();
            assertThat(copied.count(CopyResult.State.COPIED)).isPositive();
            repack(from);
            repack(to);
            List<Manifest> copies = to.snapshots(0);
            Path target = temp.resolve("copy" + round);
            assertThat(to.restore(copies.get(copies.size() - 1).id(), target).failures())
                    .isEmpty();
            assertThat(TreeComparer.differences(tree, target)).isEmpty();
        }
    }

    /** After all snapshots but the newest were forgotten. */
    private void repack(Laboratory laboratory) throws Exception {
        Gardener gardener = new Gardener(laboratory, Clock.systemUTC(), temp);
        gardener.forget(new RetentionRules(1, 0, 0, 0, 0, 0, Optional.empty()));
        var result = gardener.prune(Gardener.with(
                gardener.request(Gardener.SMALL_BLOCKS), PruneRequest.Waiting.NOW, PruneRequest.Mode.WRITE));
        assertThat(result.repacked().blocks())
                .as("%s of %s", result, gardener.snapshots(0))
                .isPositive();
        gardener.requireEverythingRestores();
    }

    @Test
    void aCopyOfAnOldSnapshotIsLockedFromNowOn() throws Exception {
        List<Instant> dates = new CopyOnWriteArrayList<>();
        to.replace(0, locking(target, dates));
        Instant later = Instant.now().plus(Duration.ofDays(1000));

        CopySnapshots.run(
                request(from, to, Set.of(originals.get(0))),
                to.tuning(),
                ProgressListener.NONE,
                Clock.fixed(later, ZoneOffset.UTC));

        assertThat(to.snapshots(0).get(0).end())
                .isEqualTo(from.manifest(originals.get(0)).end());
        assertThat(dates).isNotEmpty().allSatisfy(date -> assertThat(date).isAfter(later));
    }

    /** A storage that locks for 30 days and remembers until when. */
    private static Storage locking(Storage inner, List<Instant> dates) {
        Retention retention = new Retention() {
            @Override
            public Optional<Duration> period() {
                return Optional.of(Duration.ofDays(30));
            }

            @Override
            public Instant retainUntil(String name, Instant date) {
                dates.add(date);
                return date;
            }

            @Override
            public Optional<Instant> retainedUntil(String name) {
                return Optional.empty();
            }
        };
        return (Storage) Proxy.newProxyInstance(
                Storage.class.getClassLoader(), new Class<?>[] {Storage.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("retention")) {
                        return Optional.of(retention);
                    }
                    try {
                        return method.invoke(inner, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void everyKindOfEntrySurvives() throws Exception {
        Path zoo = temp.resolve("zoo");
        TreeFixture.zoo(zoo);
        from.backup(from.request("zoo", zoo, SnapshotKind.FULL));
        try (SourceKey fromKey = from.recovery().sourceKey("zoo").orElseThrow();
                SourceKey toKey = to.recovery().sourceKey("zoo").orElseThrow()) {
            Manifest original = only(from, fromKey);

            copy(Set.of(original.id()));

            restore(from, fromKey, original, temp.resolve("restored"));
            restore(to, toKey, only(to, toKey), temp.resolve("restored-copy"));
            assertThat(TreeComparer.differences(temp.resolve("restored"), temp.resolve("restored-copy")))
                    .isEmpty();
        }
    }

    private static Manifest only(Laboratory laboratory, SourceKey key) throws IOException {
        List<Manifest> all =
                new SnapshotStore(laboratory.replicas().get(0)).load(key).manifests();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private static void restore(Laboratory laboratory, SourceKey key, Manifest manifest, Path directory)
            throws Exception {
        Restore.run(
                new RestoreRequest(
                        manifest,
                        key,
                        header -> StreamKey.open(header, laboratory.recovery()),
                        laboratory.replicas(),
                        directory,
                        Optional.empty(),
                        Overwrite.ALWAYS,
                        Ownership.RESTORE,
                        Unlisted.KEEP,
                        RestoreRequest.Mode.WRITE),
                ProgressListener.NONE);
    }

    @Test
    void sharedContentIsStoredOnceAndTheNextRunCopiesOnlyWhatIsNew() throws Exception {
        CopyResult first = copy();
        BackupResult second = first.snapshots().get(1).copy().orElseThrow();
        assertThat(second.totals().bytesAdded()).isLessThan(100_000);
        assertThat(second.totals().filesUnchanged()).isGreaterThan(30);
        SampleFiles.write(tree.resolve("d2/newer"), 60_000, 600);
        backup();
        int archives = to.archives(0).size();

        CopyResult next = copy();

        assertThat(next.count(CopyResult.State.PRESENT)).isEqualTo(2);
        assertThat(next.count(CopyResult.State.COPIED)).isEqualTo(1);
        assertThat(to.archives(0)).hasSize(archives + 1);
        assertThat(copy().count(CopyResult.State.COPIED)).isZero();
    }

    @Test
    void whatWasForgottenThereIsNotCopiedAgain() throws Exception {
        copy();
        Manifest copy = to.snapshots(0).get(0);
        new ForgottenRecords(to.replicas().get(0))
                .put(copy, new ForgottenRecords.Reason("by name", "me@here", Instant.now()), to.key());
        new SnapshotStore(to.replicas().get(0))
                .delete(new SnapshotStore(to.replicas().get(0)).listAll().get(0).name());

        CopyResult again = copy();

        assertThat(again.count(CopyResult.State.FORGOTTEN)).isEqualTo(1);
        assertThat(again.count(CopyResult.State.COPIED)).isZero();
    }

    @Test
    void whatCameFromTheTargetIsNotCopiedBack() throws Exception {
        copy();
        CopyResult back =
                CopySnapshots.run(request(to, from, Set.of()), from.tuning(), ProgressListener.NONE, Clock.systemUTC());
        assertThat(back.count(CopyResult.State.PRESENT)).isEqualTo(2);
        assertThat(from.snapshots(0)).hasSize(2);
    }

    @Test
    void theSameRepositoryIsRefused() throws Exception {
        assertThatThrownBy(() -> CopySnapshots.run(
                        request(from, from, Set.of()), from.tuning(), ProgressListener.NONE, Clock.systemUTC()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("'replicate'");
    }

    @Test
    void aSnapshotThatCannotBeReadWholeIsNotCopiedInPart() throws Exception {
        Set<String> newest = from.archivesOf(originals.get(1));
        newest.removeAll(from.archivesOf(originals.get(0)));
        for (String archive : newest) {
            Files.delete(temp.resolve("from").resolve(archive));
        }

        CopyResult result = copy();

        assertThat(result.snapshots().get(0).state()).isEqualTo(CopyResult.State.COPIED);
        assertThat(result.snapshots().get(1).state()).isEqualTo(CopyResult.State.FAILED);
        assertThat(result.snapshots().get(1).reason()).contains("'d1/new'");
        assertThat(to.snapshots(0)).hasSize(1);
    }

    @Test
    void aRunThatDiesIsGoneOnWith() throws Exception {
        target.on(Verb.PUT).named("archives/").from(10).fail(message -> new StorageException(message));
        assertThatThrownBy(this::copy).isInstanceOf(IOException.class);
        target.heal();
        assertThat(to.snapshots(0)).isEmpty();

        assertThat(copy().count(CopyResult.State.COPIED)).isEqualTo(2);

        to.restore(to.snapshots(0).get(1).id(), temp.resolve("restored"));
        assertThat(TreeComparer.differences(tree, temp.resolve("restored"))).isEmpty();
    }

    private void backup() throws Exception {
        BackupRequest request = from.request(Laboratory.SOURCE, tree, SnapshotKind.INCREMENTAL);
        originals.add(from.backup(request).snapshot().orElseThrow());
    }

    private CopyResult copy() throws Exception {
        return copy(Set.of());
    }

    private CopyResult copy(Set<SnapshotId> only) throws Exception {
        return CopySnapshots.run(request(from, to, only), to.tuning(), ProgressListener.NONE, Clock.systemUTC());
    }

    private static CopyRequest request(Laboratory from, Laboratory to, Set<SnapshotId> only) throws Exception {
        return new CopyRequest(
                ListSnapshots.run(from.replicas(), from.recovery()).snapshots().stream()
                        .filter(snapshot -> only.isEmpty() || only.contains(snapshot.id()))
                        .toList(),
                from.replicas(),
                from.recovery(),
                header -> StreamKey.open(header, from.recovery()),
                to.replicas(),
                Map.of(),
                to.recovery(),
                BackupRequest.Mode.WRITE);
    }
}
