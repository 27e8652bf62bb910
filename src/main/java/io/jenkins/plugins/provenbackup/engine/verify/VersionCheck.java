package io.jenkins.plugins.provenbackup.engine.verify;

import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.ManifestName;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotStore;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.Versions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What was overwritten or deleted at a storage that keeps versions: nobody may overwrite anything, and manifests disappear
 * only with a record. For one thread.
 */
final class VersionCheck {

    private final Replica replica;
    private final Versions versions;
    private final VerifyRequest request;

    VersionCheck(Replica replica, Versions versions, VerifyRequest request) {
        this.replica = replica;
        this.versions = versions;
        this.request = request;
    }

    /** Manifests that were deleted without a record; when repairing, they are put back. */
    List<VerifyResult.Finding> deletedManifests() throws IOException {
        List<VerifyResult.Finding> findings = new ArrayList<>();
        Set<SnapshotId> there = null;
        for (Versions.Changed one : versions.changed(Layout.SNAPSHOTS)) {
            Optional<ManifestName> name = ManifestName.parse(one.name());
            if (!one.deleted() || name.isEmpty()) {
                continue;
            }
            Optional<Manifest> manifest = read(name.get());
            if (manifest.isEmpty() || isForgotten(manifest.get())) {
                continue;
            }
            if (there == null) {
                there = present();
            }
            if (!there.contains(manifest.get().id())) {
                findings.add(deleted(name.get(), manifest.get()));
            }
        }
        return findings;
    }

    /** Whether anything that snapshots need was overwritten, or deleted and put back. */
    Optional<VerifyResult.Finding> overwritten(Set<String> needed) throws IOException {
        List<String> names = new ArrayList<>();
        for (String folder : List.of(Layout.ARCHIVES, Layout.CATALOGS)) {
            versions.changed(folder).stream()
                    .filter(one -> one.versions() > 1 && needed.contains(one.name()))
                    .map(Versions.Changed::name)
                    .forEach(names::add);
        }
        if (names.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new VerifyResult.Finding(
                replica.location(),
                names.get(0),
                VerifyResult.Kind.OVERWRITTEN,
                (names.size() == 1
                                ? replica.name(names.get(0)) + " has more than one version"
                                : names.size() + " objects have more than one version, among them "
                                        + replica.name(names.get(0)))
                        + ". A backup writes each object once: unless it was repaired, find out who may overwrite.",
                VerifyResult.Mended.NO));
    }

    private VerifyResult.Finding deleted(ManifestName name, Manifest manifest) throws IOException {
        boolean mend = request.repair() == VerifyRequest.Repair.FROM_OTHERS;
        boolean mended = mend && versions.restore(name.object(), name.hash());
        return new VerifyResult.Finding(
                replica.location(),
                name.object(),
                VerifyResult.Kind.MISSING,
                replica.name(name.object()) + ", the manifest of snapshot "
                        + manifest.id().brief() + ", was deleted without a record; the storage still has it."
                        + (mended ? " It was put back." : " Run verify --repair to put it back."),
                mended ? VerifyResult.Mended.YES : VerifyResult.Mended.NO);
    }

    private Optional<Manifest> read(ManifestName name) throws IOException {
        Optional<SourceKey> key = request.key().sourceKey(name.source());
        if (key.isEmpty()) {
            return Optional.empty();
        }
        try (SourceKey opened = key.get()) {
            return Optional.of(new SnapshotStore(replica).read(name, opened));
        } catch (StorageException e) {
            if (e.mayPass()) {
                throw e;
            }
            return Optional.empty();
        } catch (IOException otherContent) {
            return Optional.empty();
        }
    }

    private boolean isForgotten(Manifest manifest) throws IOException {
        return replica.storage().size(Layout.forgotten(manifest.id())).isPresent();
    }

    private Set<SnapshotId> present() throws IOException {
        AccessKey key = request.key();
        Set<SnapshotId> present = new HashSet<>();
        new SnapshotStore(replica).load(key).manifests().forEach(manifest -> present.add(manifest.id()));
        return present;
    }
}
