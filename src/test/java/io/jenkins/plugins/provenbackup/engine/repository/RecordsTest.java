package io.jenkins.plugins.provenbackup.engine.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.crypto.WrongKeyException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manifests, records of removal, and new repositories, as the format describes them. */
class RecordsTest {

    private static final ForgottenRecords.Reason REASON =
            new ForgottenRecords.Reason("keep-last 3", "user@host", Fixture.NOW);

    @TempDir
    private Path scratch;

    private Fixture fixture;
    private SnapshotStore snapshots;
    private ForgottenRecords forgotten;

    @BeforeEach
    void create() throws Exception {
        fixture = new Fixture(scratch.resolve("here"));
        snapshots = new SnapshotStore(fixture.replica);
        forgotten = new ForgottenRecords(fixture.replica);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aManifestComesBackAsItWasPut() throws Exception {
        ObjectRef archive = fixture.putArchive("blocks");
        Manifest manifest = fixture.manifest(12, SnapshotKind.DIFFERENTIAL, List.of(), fixture.table(archive));
        ManifestName name = snapshots.put(manifest, manifest.encode(fixture.key));
        assertThat(snapshots.read(name, fixture.key)).isEqualTo(manifest);
        assertThat(name.object()).startsWith("snapshots/" + fixture.key.sourceId() + "/0000000012-0000-");
        assertThat(ManifestName.parse(name.object())).contains(name);
    }

    @Test
    void theIdOfASnapshotStaysWhenArchivesAndTagsChange() throws Exception {
        Manifest manifest = fixture.manifest(1, SnapshotKind.FULL, List.of(), fixture.table());
        Manifest moved = manifest.withArchives(
                fixture.table(fixture.putArchive("new place")), manifest.moved(), manifest.sparse());
        assertThat(moved.id()).isEqualTo(manifest.id());
        ManifestName name = snapshots.put(moved, moved.encode(fixture.key));
        assertThat(snapshots.read(name, fixture.key)).isEqualTo(moved);
    }

    @Test
    void twoSnapshotsOfTheSameFactsHaveDifferentIds() {
        assertThat(fixture.manifest(1, SnapshotKind.FULL, List.of(), fixture.table())
                        .id())
                .isNotEqualTo(fixture.manifest(1, SnapshotKind.FULL, List.of(), fixture.table())
                        .id());
    }

    @Test
    void manifestsAreListedOldestFirst() throws Exception {
        Manifest second = fixture.put(fixture.replica, 2);
        Manifest first = fixture.put(fixture.replica, 1);
        Manifest tagged = fixture.put(fixture.replica, first.withTags(first.tags()));
        assertThat(snapshots.load(fixture.key).manifests()).containsExactly(first, tagged, second);
    }

    @Test
    void theKeyOfTheWholeRepositoryLoadsAllSources() throws Exception {
        fixture.put(fixture.replica, 1);
        try (SourceKey other = fixture.recovery.sourceKey("other").orElseThrow()) {
            assertThat(snapshots.load(other).manifests()).isEmpty();
        }
        assertThat(snapshots.load(fixture.recovery).manifests()).hasSize(1);
    }

    @Test
    void deletingAManifestDeletesItsTwin() throws Exception {
        fixture.put(fixture.replica, 1);
        snapshots.delete(snapshots.listAll().get(0).name());
        assertThat(snapshots.listAll()).isEmpty();
        assertThat(fixture.replica.storage().list(Layout.CATALOGS)).isEmpty();
    }

    @Test
    void aNumberThatDoesNotFitItsNameIsRefusedInsteadOfLost() {
        Manifest manifest = fixture.manifest(10_000_000_000L, SnapshotKind.FULL, List.of(), fixture.table());
        assertThatThrownBy(() -> snapshots.put(manifest, manifest.encode(fixture.key)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10000000000");
    }

    @Test
    void aRecordOfRemovalComesBackAsItWasPut() throws Exception {
        Manifest manifest = fixture.put(fixture.replica, 1);
        forgotten.put(manifest, REASON, fixture.key);
        assertThat(forgotten.list()).containsExactly(manifest.id());
        assertThat(forgotten.read(manifest.id(), fixture.key)).isEqualTo(REASON);
    }

    @Test
    void theFirstRecordOfARemovalStays() throws Exception {
        Manifest manifest = fixture.put(fixture.replica, 1);
        forgotten.put(manifest, REASON, fixture.key);
        forgotten.put(manifest, new ForgottenRecords.Reason("other", "other", Fixture.NOW), fixture.key);
        assertThat(forgotten.read(manifest.id(), fixture.key)).isEqualTo(REASON);
    }

    @Test
    void aRecordMovedToAnotherSnapshotIsNoticed() throws Exception {
        Manifest removed = fixture.put(fixture.replica, 1);
        Manifest stolen = fixture.put(fixture.replica, 2);
        forgotten.put(removed, REASON, fixture.key);
        Files.copy(
                fixture.root.resolve(Layout.forgotten(removed.id())),
                fixture.root.resolve(Layout.forgotten(stolen.id())));
        assertThatThrownBy(() -> forgotten.read(stolen.id(), fixture.key))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("another snapshot");
    }

    @Test
    void aRecordOpensWithItsSourcesKeyOnly() throws Exception {
        Manifest manifest = fixture.put(fixture.replica, 1);
        forgotten.put(manifest, REASON, fixture.key);
        try (SourceKey other = fixture.recovery.sourceKey("other").orElseThrow()) {
            assertThatThrownBy(() -> forgotten.read(manifest.id(), other)).isInstanceOf(WrongKeyException.class);
        }
    }

    @Test
    void noRepositoryIsMadeOverAnotherOrItsRemains() throws Exception {
        assertThatThrownBy(() -> NewRepository.requireFree(fixture.replica.storage()))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("already");
        fixture.putArchive("blocks");
        Files.delete(fixture.root.resolve(Layout.REPOSITORY));
        assertThatThrownBy(() -> NewRepository.requireFree(fixture.replica.storage()))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("is gone");
    }

    @Test
    void aFurtherDestinationHasTheSameDocuments() throws Exception {
        try (Replica other = fixture.anotherDestination(scratch.resolve("there"))) {
            other.verify(fixture.key);
            EpochDocuments.verify(other, fixture.key);
            assertThat(other.document()).isEqualTo(fixture.replica.document());
        }
    }

    @Test
    void aPlaceWithoutARepositoryIsSaidToHaveNone() {
        assertThatThrownBy(() -> Replica.open(Fixture.storage(scratch.resolve("empty"))))
                .isInstanceOf(StorageException.Missing.class)
                .hasMessageContaining("init");
    }
}
