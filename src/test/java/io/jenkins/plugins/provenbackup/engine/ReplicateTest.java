package io.jenkins.plugins.provenbackup.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.archive.BlockParameters;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.replicate.Replicate;
import io.jenkins.plugins.provenbackup.engine.replicate.ReplicateRequest;
import io.jenkins.plugins.provenbackup.engine.replicate.ReplicateResult;
import io.jenkins.plugins.provenbackup.engine.replicate.Selection;
import io.jenkins.plugins.provenbackup.engine.replicate.Target;
import io.jenkins.plugins.provenbackup.engine.repository.ForgottenRecords;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.ManifestName;
import io.jenkins.plugins.provenbackup.engine.repository.NewRepository;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotStore;
import io.jenkins.plugins.provenbackup.engine.storage.BytesPayload;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage.Verb;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.engine.storage.StoredObject;
import io.jenkins.plugins.provenbackup.testing.TreeComparer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A replica gets everything, in an order that is safe at any moment, and never anything that is damaged or was forgotten. */
class ReplicateTest {

    @TempDir
    private Path temp;

    private Path tree;
    private FaultyStorage a;
    private Laboratory laboratory;
    private final List<SnapshotId> snapshots = new ArrayList<>();
    private final List<Replica> opened = new ArrayList<>();

    @BeforeEach
    void threeSnapshots() throws Exception {
        tree = temp.resolve("tree");
        for (int i = 0; i < 20; i++) {
            SampleFiles.write(tree.resolve("f" + i), 60_000, i);
        }
        a = FaultyStorage.over(Laboratory.local(temp.resolve("a")));
        laboratory = Laboratory.at(List.of(a));
        laboratory.tune(laboratory.tuning().withBlocks(new BlockParameters(100_000, 256 << 10, 200_000, 4)));
        for (int i = 0; i < 3; i++) {
            SampleFiles.write(tree.resolve("f" + i), 200_000, 100 + i);
            snapshots.add(
                    laboratory.backup(tree, SnapshotKind.INCREMENTAL).snapshot().orElseThrow());
        }
    }

    @AfterEach
    void close() {
        a.heal();
        opened.forEach(Replica::close);
        laboratory.close();
    }

    @Test
    void makesAnExactReplicaWhereNothingIs() throws Exception {
        Target target = Target.open(
                StorageLocation.of(temp.resolve("b")),
                OpenRequest.of(List.of(StorageLocation.of(temp.resolve("b"))), StorageOptions.defaults()),
                source(),
                ReplicateRequest.Mode.WRITE);
        opened.add(target.replica().orElseThrow());

        ReplicateResult result = replicate(target, ReplicateRequest.Mode.WRITE);

        assertThat(result.state()).as(result.reason()).isEqualTo(ReplicateResult.State.COMPLETE);
        assertThat(result.target()).isEqualTo(Target.State.CREATED);
        assertThat(result.snapshots()).containsExactlyElementsOf(snapshots);
        Map<String, Long> expected = objects(source());
        expected.keySet().removeIf(name -> name.startsWith("runs/"));
        assertThat(objects(opened.get(0))).isEqualTo(expected);
        assertRestores(opened.get(0), snapshots.get(2));
    }

    @Test
    void aDryRunWritesNothingAndTellsTheSame() throws Exception {
        Target target = Target.open(
                StorageLocation.of(temp.resolve("b")),
                OpenRequest.of(List.of(StorageLocation.of(temp.resolve("b"))), StorageOptions.defaults()),
                source(),
                ReplicateRequest.Mode.DRY_RUN);

        ReplicateResult dry = replicate(target, ReplicateRequest.Mode.DRY_RUN);

        assertThat(temp.resolve("b")).doesNotExist();
        ReplicateResult real = replicate(Target.of(replica("b")), ReplicateRequest.Mode.WRITE);
        assertThat(dry.snapshots()).isEqualTo(real.snapshots());
        assertThat(dry.objects()).isEqualTo(real.objects());
        assertThat(dry.bytes()).isEqualTo(real.bytes()).isPositive();
    }

    @Test
    void theSecondRunCopiesNothing() throws Exception {
        FaultyStorage b = faulty("b");
        Replica target = replica(b);
        replicate(Target.of(target), ReplicateRequest.Mode.WRITE);
        int puts = b.calls(Verb.PUT);

        ReplicateResult again = replicate(Target.of(target), ReplicateRequest.Mode.WRITE);

        assertThat(again.state()).isEqualTo(ReplicateResult.State.COMPLETE);
        assertThat(again.snapshots()).isEmpty();
        assertThat(again.present()).isEqualTo(3);
        assertThat(b.calls(Verb.PUT)).isEqualTo(puts);
        assertThat(a.calls(Verb.DELETE) + b.calls(Verb.DELETE)).isZero();
    }

    @Test
    void refusesAnotherRepositoryAndNamesCopy() throws Exception {
        try (Laboratory other = Laboratory.at(temp.resolve("other"))) {
            assertThatThrownBy(() -> Target.open(
                            StorageLocation.of(temp.resolve("other")),
                            OpenRequest.of(
                                    List.of(StorageLocation.of(temp.resolve("other"))), StorageOptions.defaults()),
                            source(),
                            ReplicateRequest.Mode.WRITE))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("'copy'");
            assertThat(other.objects(0, "snapshots")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5, 8, 12, 16, 20, 24, 28, 33, 38, 45, 60})
    void goesOnWhereItEndedWheneverTheTargetDies(int call) throws Exception {
        FaultyStorage b = faulty("b");
        Replica target = replica(b);
        b.dieAt(call);
        ReplicateResult died = replicate(Target.of(target), ReplicateRequest.Mode.WRITE);
        b.heal();
        Map<String, Long> before = objects(target);
        assertEverySnapshotIsWhole(target, before);
        int puts = b.calls(Verb.PUT);

        ReplicateResult next = replicate(Target.of(target), ReplicateRequest.Mode.WRITE);

        assertThat(next.state()).as(next.reason()).isEqualTo(ReplicateResult.State.COMPLETE);
        assertThat(died.snapshots().size() + next.snapshots().size()).isEqualTo(3);
        assertThat(b.calls(Verb.PUT) - puts)
                .as("puts of what was there already")
                .isLessThanOrEqualTo(objects(target).size() - before.size() + 1);
        assertRestores(target, snapshots.get(2));
    }

    @Test
    void neverBringsBackWhatWasForgottenAtTheTarget() throws Exception {
        Replica target = replica("b");
        forget(target, snapshots.get(1));

        ReplicateResult result = replicate(Target.of(target), ReplicateRequest.Mode.WRITE);

        assertThat(result.snapshots()).containsExactly(snapshots.get(0), snapshots.get(2));
        assertThat(result.forgotten()).isEqualTo(1);
    }

    @Test
    void takesRecordsOfRemovalsOverButNotThoseOfWhatTheTargetKeeps() throws Exception {
        Replica target = replica("b");
        replicate(Target.of(target), ReplicateRequest.Mode.WRITE);
        Manifest kept = laboratory.manifest(snapshots.get(0));
        forget(source(), snapshots.get(0));
        new SnapshotStore(source()).delete(name(kept));
        SnapshotId fourth =
                laboratory.backup(tree, SnapshotKind.FULL).snapshot().orElseThrow();
        Manifest gone = laboratory.manifest(fourth);
        forget(source(), fourth);
        new SnapshotStore(source()).delete(name(gone));

        ReplicateResult result = replicate(Target.of(target), ReplicateRequest.Mode.WRITE);

        assertThat(result.records()).containsExactly(Layout.forgotten(fourth));
        assertThat(new ForgottenRecords(target).list()).containsExactly(fourth);
        assertRestores(target, snapshots.get(0), false);
    }

    @Test
    void neverSpreadsDamageAndCopiesTheRest() throws Exception {
        Set<String> newest = laboratory.archivesOf(snapshots.get(2));
        newest.removeAll(laboratory.archivesOf(snapshots.get(1)));
        String damaged = newest.iterator().next();
        a.on(Verb.OPEN).named(damaged).flipBit(5000);
        Replica target = replica("b");

        ReplicateResult result = replicate(Target.of(target), ReplicateRequest.Mode.WRITE);

        assertThat(result.state()).isEqualTo(ReplicateResult.State.INCOMPLETE);
        assertThat(result.snapshots()).containsExactly(snapshots.get(0), snapshots.get(1));
        assertThat(result.left()).hasSize(1);
        assertThat(result.left().get(0).message())
                .contains(snapshots.get(2).brief())
                .contains(damaged)
                .contains("damaged");
        assertThat(objects(target)).doesNotContainKey(damaged);
        a.heal();
        assertThat(replicate(Target.of(target), ReplicateRequest.Mode.WRITE).snapshots())
                .containsExactly(snapshots.get(2));
    }

    @Test
    void takesWhatOneSourceLacksFromTheOther() throws Exception {
        Replica second = replica("b");
        replicate(Target.of(second), ReplicateRequest.Mode.WRITE);
        for (String archive : laboratory.archivesOf(snapshots.get(0))) {
            Files.delete(temp.resolve("a").resolve(archive));
        }
        Replica third = replica("c");

        ReplicateResult result = Replicate.run(
                ReplicateRequest.all(List.of(source(), second), Target.of(third), ReplicateRequest.Mode.WRITE),
                ProgressListener.NONE);

        assertThat(result.state()).as("%s", result.left()).isEqualTo(ReplicateResult.State.COMPLETE);
        assertRestores(third, snapshots.get(2));
    }

    @Test
    void aHigherGenerationWins() throws Exception {
        Replica target = replica("b");
        replicate(Target.of(target), ReplicateRequest.Mode.WRITE);
        Manifest old = laboratory.manifest(snapshots.get(0));
        Manifest tagged = old.withTags(new TreeMap<>(Map.of("keep", "yes")));
        new SnapshotStore(source()).put(tagged, tagged.encode(laboratory.key()));

        ReplicateResult result = replicate(Target.of(target), ReplicateRequest.Mode.WRITE);

        assertThat(result.snapshots()).containsExactly(snapshots.get(0));
        assertThat(new SnapshotStore(target)
                        .load(laboratory.key()).manifests().stream()
                                .map(Manifest::generation)
                                .toList())
                .containsExactly(0, 1, 0, 0);
        Manifest newer = tagged.withTags(new TreeMap<>(Map.of("keep", "no")));
        new SnapshotStore(target).put(newer, newer.encode(laboratory.key()));
        Replica third = replica("c");
        Replicate.run(
                ReplicateRequest.all(List.of(target), Target.of(third), ReplicateRequest.Mode.WRITE),
                ProgressListener.NONE);
        assertThat(replicate(Target.of(third), ReplicateRequest.Mode.WRITE).snapshots())
                .as("a lower generation")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"archives/", "catalogs/", "snapshots/"})
    void findsAStorageThatAcceptsAndDrops(String folder) throws Exception {
        FaultyStorage b = faulty("b");
        Replica target = replica(b);
        b.on(Verb.PUT).named(folder).call(2).acceptAndDrop();

        ReplicateResult result = replicate(Target.of(target), ReplicateRequest.Mode.WRITE);

        assertThat(result.state()).isEqualTo(ReplicateResult.State.FAILED);
        assertThat(result.reason()).contains(folder).contains("loses what it is given");
        assertEverySnapshotIsWhole(target, objects(target));
        b.heal();
        assertThat(replicate(Target.of(target), ReplicateRequest.Mode.WRITE).state())
                .isEqualTo(ReplicateResult.State.COMPLETE);
        assertRestores(target, snapshots.get(2));
    }

    @Test
    void findsAStorageThatAcceptsAndCutsShort() throws Exception {
        FaultyStorage b = faulty("b");
        Replica target = replica(b);
        b.on(Verb.PUT).named("archives/").call(2).acceptAndCut(1000);

        ReplicateResult result = replicate(Target.of(target), ReplicateRequest.Mode.WRITE);

        assertThat(result.state()).isEqualTo(ReplicateResult.State.FAILED);
        assertThat(result.reason()).contains("1000 bytes instead of");
    }

    @Test
    void findsAStorageWhoseListingDoesNotShowWhatItConfirmed() throws Exception {
        FaultyStorage b = faulty("b");
        Replica target = replica(b);
        b.on(Verb.LIST).named("archives").hide(object -> true);

        ReplicateResult result = replicate(Target.of(target), ReplicateRequest.Mode.WRITE);

        assertThat(result.state()).isEqualTo(ReplicateResult.State.FAILED);
        assertThat(result.reason()).contains("does not list");
    }

    @Test
    void leavesASnapshotOutThatAPruneAtTheTargetIsAboutToTouch() throws Exception {
        Replica target = replica("b");
        try (Laboratory there = laboratory) {
            there.replicas().add(target);
            replicate(Target.of(target), ReplicateRequest.Mode.WRITE);
            Manifest newest = there.manifest(snapshots.get(2));
            new SnapshotStore(target).delete(name(newest));
            there.condemn(1, there.archivesOf(snapshots.get(2)));

            ReplicateResult result = replicate(Target.of(target), ReplicateRequest.Mode.WRITE);

            assertThat(result.state()).isEqualTo(ReplicateResult.State.INCOMPLETE);
            assertThat(result.left().get(0).message()).contains("prune");
        }
    }

    @Test
    void copiesOnlyWhatIsSelected() throws Exception {
        Replica target = replica("b");
        ReplicateResult last =
                replicate(target, Optional.empty(), new Selection(Optional.empty(), Set.of(), OptionalInt.of(1)));
        assertThat(last.snapshots()).containsExactly(snapshots.get(2));
        ReplicateResult named = replicate(
                target,
                Optional.empty(),
                new Selection(Optional.empty(), Set.of(snapshots.get(0).hex().substring(0, 8)), OptionalInt.empty()));
        assertThat(named.snapshots()).containsExactly(snapshots.get(0));
        assertThatThrownBy(() -> replicate(
                        target,
                        Optional.empty(),
                        new Selection(Optional.empty(), Set.of("ffffffffff"), OptionalInt.empty())))
                .isInstanceOf(RefusedException.class);
    }

    @Test
    void withAKeyNothingIsBelievedThatSomebodyElseMadeUp() throws Exception {
        Manifest newest = laboratory.manifest(snapshots.get(2));
        byte[] forged = source().read(name(newest).object());
        forged[forged.length - 1] ^= 1;
        ManifestName forgedName = new ManifestName(
                newest.sourceId(), newest.sequence() + 1, newest.generation(), ObjectHash.ofContent(forged));
        Storage storage = Laboratory.local(temp.resolve("a"));
        storage.put(forgedName.object(), BytesPayload.of(forged));
        storage.put(Layout.forgotten(snapshots.get(1)), BytesPayload.of("forged"));
        Replica target = replica("b");

        ReplicateResult result = replicate(target, Optional.of(laboratory.recovery()), Selection.ALL);

        assertThat(result.snapshots()).containsExactlyElementsOf(snapshots);
        assertThat(result.left()).hasSize(2);
        assertThat(objects(target)).doesNotContainKey(forgedName.object());
    }

    @Test
    void endsInTimeAndGoesOn() throws Exception {
        Replica target = replica("b");
        ReplicateResult none = Replicate.run(
                new ReplicateRequest(
                        List.of(source()),
                        Target.of(target),
                        Optional.empty(),
                        Selection.ALL,
                        ReplicateRequest.Records.NONE,
                        ReplicateRequest.Mode.WRITE,
                        Optional.of(Duration.ZERO)),
                ProgressListener.NONE);
        assertThat(none.state()).isEqualTo(ReplicateResult.State.TIME_UP);
        assertThat(none.snapshots()).isEmpty();
        assertThat(replicate(Target.of(target), ReplicateRequest.Mode.WRITE).snapshots())
                .hasSize(3);
    }

    @Test
    void aSourceThatDiesIsNoDamage() throws Exception {
        a.on(Verb.OPEN).named("archives/").from(3).fail(message -> new StorageException(message));
        Replica target = replica("b");

        ReplicateResult result = replicate(Target.of(target), ReplicateRequest.Mode.WRITE);

        assertThat(result.state()).isEqualTo(ReplicateResult.State.FAILED);
        assertThat(result.reason()).contains("injected");
        assertEverySnapshotIsWhole(target, objects(target));
    }

    private Replica source() {
        return laboratory.replicas().get(0);
    }

    private FaultyStorage faulty(String name) throws IOException {
        return FaultyStorage.over(Laboratory.local(temp.resolve(name)));
    }

    private Replica replica(String name) throws Exception {
        return replica(faulty(name));
    }

    private Replica replica(Storage storage) throws Exception {
        Replica replica = NewRepository.createLike(source(), storage);
        opened.add(replica);
        return replica;
    }

    private ReplicateResult replicate(Target target, ReplicateRequest.Mode mode) throws Exception {
        return Replicate.run(ReplicateRequest.all(List.of(source()), target, mode), ProgressListener.NONE);
    }

    private ReplicateResult replicate(Replica target, Optional<AccessKey> key, Selection selection) throws Exception {
        return Replicate.run(
                new ReplicateRequest(
                        List.of(source()),
                        Target.of(target),
                        key,
                        selection,
                        ReplicateRequest.Records.ALL,
                        ReplicateRequest.Mode.WRITE,
                        Optional.empty()),
                ProgressListener.NONE);
    }

    private void forget(Replica replica, SnapshotId id) throws IOException {
        new ForgottenRecords(replica)
                .put(
                        laboratory.manifest(id),
                        new ForgottenRecords.Reason("by name", "me@here", Instant.now()),
                        laboratory.key());
    }

    private ManifestName name(Manifest manifest) throws IOException {
        return new SnapshotStore(source())
                .list(laboratory.key().sourceId()).stream()
                        .map(SnapshotStore.Listed::name)
                        .filter(name ->
                                name.sequence() == manifest.sequence() && name.generation() == manifest.generation())
                        .findFirst()
                        .orElseThrow();
    }

    private static Map<String, Long> objects(Replica replica) throws IOException {
        Map<String, Long> objects = new TreeMap<>();
        for (StoredObject object : replica.storage().list("")) {
            objects.put(object.name(), object.size());
        }
        return objects;
    }

    /** Whatever is listed as a snapshot can be restored. */
    private void assertEverySnapshotIsWhole(Replica replica, Map<String, Long> objects) throws IOException {
        for (Manifest manifest :
                new SnapshotStore(replica).load(laboratory.key()).manifests()) {
            manifest.archives()
                    .archives()
                    .forEach(row -> assertThat(objects)
                            .containsEntry(
                                    Layout.archive(row.archive().hash()),
                                    row.archive().size()));
            manifest.catalogs()
                    .forEach(object -> assertThat(objects).containsEntry(Layout.catalog(object.hash()), object.size()));
        }
    }

    private void assertRestores(Replica replica, SnapshotId id) throws Exception {
        assertRestores(replica, id, true);
    }

    private void assertRestores(Replica replica, SnapshotId id, boolean asTheTree) throws Exception {
        List<Replica> all = new ArrayList<>(laboratory.replicas());
        laboratory.replicas().clear();
        laboratory.replicas().add(replica);
        Path restored = temp.resolve("restored-" + System.nanoTime());
        assertThat(laboratory.restore(id, restored).failures()).isEmpty();
        if (asTheTree) {
            assertThat(TreeComparer.differences(tree, restored)).isEmpty();
        }
        laboratory.replicas().clear();
        laboratory.replicas().addAll(all);
    }
}
