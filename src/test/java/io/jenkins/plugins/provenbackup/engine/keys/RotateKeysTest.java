package io.jenkins.plugins.provenbackup.engine.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.crypto.BackupKey;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.Slot;
import io.jenkins.plugins.provenbackup.engine.crypto.SlotKind;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import io.jenkins.plugins.provenbackup.engine.crypto.UnknownEpochException;
import io.jenkins.plugins.provenbackup.engine.crypto.WrongPassphraseException;
import io.jenkins.plugins.provenbackup.engine.repository.BytesPayload;
import io.jenkins.plugins.provenbackup.engine.repository.KeyObjects;
import io.jenkins.plugins.provenbackup.engine.repository.KeySlots;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage;
import io.jenkins.plugins.provenbackup.engine.storage.FaultyStorage.Verb;
import io.jenkins.plugins.provenbackup.testing.TreeComparer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotateKeysTest {

    @TempDir
    private Path temp;

    private Path tree;
    private KeyedRepository repository;

    @BeforeEach
    void aRepositoryAtTwoPlaces() throws IOException {
        tree = temp.resolve("tree");
        Files.createDirectories(tree);
        Files.write(tree.resolve("a"), random(30_000));
        Files.write(tree.resolve("b"), random(5_000));
        repository = KeyedRepository.in(temp.resolve("repository"));
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @AfterEach
    void close() {
        repository.close();
    }

    @Test
    void allWhoHadASlotOpenTheNewKeysAndOldSnapshotsStayReadable() throws Exception {
        try (RecoveryKey old = repository.open(repository.anna, repository.near)) {
            repository.backup(old, tree, repository.near, repository.far);
        }
        RotateKeys.Result result = repository.rotate(repository.anna);
        assertThat(result.outcome()).isEqualTo(RotateKeys.Outcome.ROTATED);
        assertThat(result.epoch()).isEqualTo(2);
        assertThat(result.slots()).extracting(Slot::label).containsExactlyInAnyOrder("anna", "ben");
        Files.writeString(tree.resolve("new"), "written after the rotation");
        try (RecoveryKey key = repository.open(repository.ben, repository.far)) {
            assertThat(key.newestEpoch()).isEqualTo(2);
            repository.backup(key, tree, repository.near, repository.far);
            List<Manifest> snapshots = repository.snapshots(key, repository.far);
            assertThat(snapshots).extracting(Manifest::epoch).containsExactly(1, 2);
            repository.restore(snapshots.get(0), key, repository.far, temp.resolve("old"));
            repository.restore(snapshots.get(1), key, repository.far, temp.resolve("new"));
            assertThat(temp.resolve("old/new")).doesNotExist();
            assertThat(temp.resolve("old/a")).hasSameBinaryContentAs(tree.resolve("a"));
            assertThat(TreeComparer.differences(tree, temp.resolve("new"), TreeComparer.limitsOfJava()))
                    .isEmpty();
        }
    }

    @Test
    void theNextBackupStoresEverythingAgainAndSaysSo() throws Exception {
        try (RecoveryKey old = repository.open(repository.anna, repository.near)) {
            repository.backup(old, tree, repository.near, repository.far);
        }
        repository.rotate(repository.anna);
        try (RecoveryKey key = repository.open(repository.anna, repository.near)) {
            BackupResult first = repository.backup(key, tree, repository.near, repository.far);
            assertThat(first.kind()).isEqualTo(SnapshotKind.FULL);
            assertThat(first.sequence()).isEqualTo(2);
            assertThat(first.totals().bytesAdded()).isEqualTo(35_000);
            assertThat(repository.notices)
                    .anyMatch(notice -> notice.contains("keys were rotated") && notice.contains("stored again"));
            repository.notices.clear();
            BackupResult second = repository.backup(key, tree, repository.near, repository.far);
            assertThat(second.kind()).isEqualTo(SnapshotKind.INCREMENTAL);
            assertThat(second.totals().bytesAdded()).isZero();
            assertThat(repository.notices).isEmpty();
        }
    }

    @Test
    void oldKeysReadNothingNewAndAreRefusedForBackupsWithTheWayOut() throws Exception {
        try (RecoveryKey old = repository.open(repository.anna, repository.near);
                BackupKey oldBackup = old.backupKey();
                SourceKey oldSource = oldBackup.source(KeyedRepository.SOURCE)) {
            repository.rotate(repository.anna);
            assertThatThrownBy(() -> repository.backup(oldSource, tree, repository.near, repository.far))
                    .isInstanceOf(UnknownEpochException.class)
                    .hasMessageContaining("key export-backup-key --source shop");
            assertThatThrownBy(() -> repository.backup(oldBackup, tree, repository.near))
                    .isInstanceOf(UnknownEpochException.class)
                    .hasMessageContaining("knows only epoch 1");
            assertThatThrownBy(() -> repository.rotate(old)).isInstanceOf(UnknownEpochException.class);
            try (RecoveryKey key = repository.open(repository.anna, repository.near);
                    SourceKey source = key.sourceKey(KeyedRepository.SOURCE).orElseThrow();
                    StreamKey stream = StreamKey.create(source, source.newestEpoch())) {
                assertThatThrownBy(() -> StreamKey.open(stream.header(), old))
                        .isInstanceOf(UnknownEpochException.class);
            }
        }
    }

    @Test
    void aBackupKeyExportedAfterwardsWorks() throws Exception {
        repository.rotate(repository.anna);
        try (RecoveryKey key = repository.open(repository.anna, repository.near);
                BackupKey backup = key.backupKey()) {
            assertThat(repository
                            .backup(backup, tree, repository.near, repository.far)
                            .isIncomplete())
                    .isFalse();
        }
    }

    @Test
    void whoWasRemovedBeforeGetsNoNewKeysEvenWhenTheFileIsPutBack() throws Exception {
        byte[] file;
        String id;
        try (RecoveryKey key = repository.open(repository.anna, repository.near)) {
            Slot bens = KeySlots.list(repository.at(repository.near).reached().get(0)).stream()
                    .map(found -> found.slot().orElseThrow())
                    .filter(slot -> slot.label().equals("ben"))
                    .findFirst()
                    .orElseThrow();
            id = bens.id();
            file = bens.encode();
            new ManageKeys(repository.both(), Clock.systemUTC()).remove(key, id);
        }
        repository.near.put(Layout.slot(id), new BytesPayload(file));
        RotateKeys.Result result = repository.rotate(repository.anna);
        assertThat(result.slots()).extracting(Slot::label).containsExactly("anna");
        try (RecoveryKey still = repository.open(repository.ben, repository.near)) {
            assertThat(still.newestEpoch()).isEqualTo(1);
        }
        assertThatThrownBy(() -> repository.open(repository.ben, repository.far))
                .isInstanceOf(WrongPassphraseException.class);
    }

    @Test
    void aSlotThatTheOwnerDidNotMakeGetsNoNewKeys() throws Exception {
        try (RecoveryKey key = repository.open(repository.anna, repository.near);
                RecoveryKey forged = RecoveryKey.generate(key.repositoryId())) {
            Slot planted = Slot.create(
                    forged, SlotKind.PERSONAL, repository.ben.recipient().named("admin"), Instant.now());
            KeySlots.put(repository.near, List.of(planted.encode()));
        }
        assertThat(repository.rotate(repository.anna).slots())
                .extracting(Slot::label)
                .containsExactlyInAnyOrder("anna", "ben");
    }

    @Test
    void isRefusedWhereADestinationIsOutOfReach() throws Exception {
        try (RecoveryKey key = repository.open(repository.anna, repository.near)) {
            var one = new Destinations(repository.at(repository.near).reached(), Map.of("far", "down"));
            assertThatThrownBy(() -> new RotateKeys(one, Clock.systemUTC()).run(key, RotateKeys.Mode.WRITE))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("far");
        }
        assertThat(repository.near.size(Layout.epoch(2))).isEmpty();
    }

    @Test
    void aDryRunPutsNothing() throws Exception {
        int puts = repository.near.calls(Verb.PUT);
        try (RecoveryKey key = repository.open(repository.anna, repository.near)) {
            RotateKeys.Result result =
                    new RotateKeys(repository.both(), Clock.systemUTC()).run(key, RotateKeys.Mode.DRY_RUN);
            assertThat(result.slots()).hasSize(2);
        }
        assertThat(repository.near.calls(Verb.PUT)).isEqualTo(puts);
    }

    @Test
    void aDestinationThatMissedTheRotationTakesNothingUntilItIsCompleted() throws Exception {
        try (RecoveryKey key = repository.open(repository.anna, repository.near)) {
            new RotateKeys(repository.at(repository.near), Clock.systemUTC()).run(key, RotateKeys.Mode.WRITE);
        }
        try (RecoveryKey key = repository.open(repository.anna, repository.near, repository.far)) {
            assertThat(key.newestEpoch()).isEqualTo(2);
            BackupResult result = repository.backup(key, tree, repository.near, repository.far);
            assertThat(result.copies()).isEqualTo(1);
            assertThat(result.destinations().get(1).reason()).contains("no part in the last rotation", "key rotate");
            assertThat(repository.rotate(key).outcome()).isEqualTo(RotateKeys.Outcome.COMPLETED);
            assertThat(repository
                            .backup(key, tree, repository.near, repository.far)
                            .copies())
                    .isEqualTo(2);
        }
    }

    /** A rotation ends at its first failure, so a put that fails is a process killed there too. */
    @Test
    void cutOffAnywhereNothingIsLostAndRunningItAgainCompletesIt() throws Exception {
        int cuts = 0;
        for (int place = 0; place < 2; place++) {
            boolean isOver = false;
            for (int call = 1; !isOver; call++) {
                try (KeyedRepository one = KeyedRepository.in(temp.resolve("cut-" + place + "-" + call))) {
                    FaultyStorage dying = place == 0 ? one.near : one.far;
                    isOver = !cut(one, dying.on(Verb.PUT).from(call).failForGood());
                    cuts += isOver ? 0 : 1;
                }
            }
        }
        assertThat(cuts).isEqualTo(2 * 3);
    }

    @Test
    void anAnswerThatGotLostIsNothingElse() throws Exception {
        for (int call = 1; call <= 3; call++) {
            try (KeyedRepository one = KeyedRepository.in(temp.resolve("lost-" + call))) {
                assertThat(cut(one, one.far.on(Verb.PUT).call(call).loseAnswer()))
                        .isTrue();
            }
        }
    }

    /** Returns whether the rotation was cut off. */
    private boolean cut(KeyedRepository one, FaultyStorage dying) throws Exception {
        assertThat(dying).isNotNull();
        boolean isCut = false;
        try {
            one.rotate(one.anna);
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("Run 'key rotate' again");
            isCut = true;
        }
        one.heal();
        whatIsStoredCanBeOpenedWhereItIs(one, one.far);
        whatIsStoredCanBeOpenedWhereItIs(one, one.near, one.far);

        boolean hasBegun = one.near.size(Layout.epoch(2)).isPresent()
                || one.far.size(Layout.epoch(2)).isPresent();
        RotateKeys.Result again = one.rotate(one.ben);
        assertThat(again.epoch()).isEqualTo(again.outcome() == RotateKeys.Outcome.COMPLETED || !hasBegun ? 2 : 3);
        for (var person : List.of(one.anna, one.ben)) {
            for (FaultyStorage storage : List.of(one.near, one.far)) {
                try (RecoveryKey key = one.open(person, storage)) {
                    assertThat(key.newestEpoch()).isEqualTo(again.epoch());
                    var replicas = one.both().reached();
                    KeyObjects objects = KeyObjects.load(replicas, key);
                    assertThat(replicas)
                            .allSatisfy(replica ->
                                    assertThat(objects.missing(replica)).isEmpty());
                    assertThat(objects.problems()).isEmpty();
                }
            }
        }
        return isCut;
    }

    private void whatIsStoredCanBeOpenedWhereItIs(KeyedRepository one, FaultyStorage... storages) throws Exception {
        Path file = temp.resolve("tree/a");
        try (RecoveryKey key = one.open(one.anna, storages)) {
            BackupResult result = one.backup(key, tree, storages);
            assertThat(result.copies()).isPositive();
            result.destinations().stream()
                    .filter(destination -> destination.state() != BackupResult.State.COMPLETE)
                    .forEach(destination -> assertThat(destination.reason()).contains("key rotate"));
        }
        for (FaultyStorage storage : storages) {
            for (var person : List.of(one.anna, one.ben)) {
                try (RecoveryKey key = one.open(person, storage)) {
                    List<Manifest> snapshots = one.snapshots(key, storage);
                    Path target = Files.createTempDirectory(temp, "restored");
                    one.restore(snapshots.get(snapshots.size() - 1), key, storage, target.resolve("tree"));
                    assertThat(target.resolve("tree/a")).hasSameBinaryContentAs(file);
                }
            }
        }
    }
}
