package io.jenkins.plugins.provenbackup.engine.prune;

import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.archive.BlockRange;
import io.jenkins.plugins.provenbackup.engine.repository.ArchiveTable;
import io.jenkins.plugins.provenbackup.engine.repository.BlockId;
import io.jenkins.plugins.provenbackup.engine.repository.ForgottenRecords;
import io.jenkins.plugins.provenbackup.engine.repository.Inventory;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.ManifestName;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotStore;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.transfer.ObjectCopy;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts the next generation of each snapshot whose blocks were copied, at every destination that has the snapshot. As a backup
 * does, it looks first whether everything that it will name is there and not condemned. For one thread.
 */
final class NextGenerations {

    /** Names have four digits for the generation; the last ones are left for tags. */
    private static final int MOST = 9_000;

    private final ArchiveRewrite rewrite;
    private final BlockSet live;
    private final List<Replica> replicas;
    private final SourceKeys keys;
    private final ProgressListener progress;
    private final Map<Replica, Inventory> inventories = new HashMap<>();
    private final Map<Replica, Set<SnapshotId>> forgotten = new HashMap<>();
    private final Map<Replica, Map<SnapshotId, ManifestName>> written = new HashMap<>();

    NextGenerations(
            ArchiveRewrite rewrite, BlockSet live, List<Replica> replicas, SourceKeys keys, ProgressListener progress) {
        this.rewrite = rewrite;
        this.live = live;
        this.replicas = replicas;
        this.keys = keys;
        this.progress = progress;
    }

    void put(List<Subject> subjects) throws IOException {
        for (Replica replica : replicas) {
            inventories.put(replica, Inventory.of(replica));
            forgotten.put(replica, new ForgottenRecords(replica).list());
        }
        for (Subject subject : subjects) {
            try {
                put(subject);
            } catch (StorageException.Missing e) {
                progress.notice("A snapshot was forgotten, or pruned by somebody else, while its archives were written"
                        + " anew: " + e.getMessage());
            }
        }
        for (Map.Entry<Replica, Map<SnapshotId, ManifestName>> entry : written.entrySet()) {
            withdrawForgotten(entry.getKey(), entry.getValue());
        }
    }

    private void put(Subject subject) throws IOException {
        Manifest manifest = subject.read(keys);
        if (isConcerned(manifest) && manifest.generation() < MOST) {
            Optional<Manifest> next = next(manifest);
            if (next.isPresent()) {
                put(subject, next.get());
            }
        }
    }

    private boolean isConcerned(Manifest manifest) {
        return manifest.archives().archives().stream()
                .anyMatch(row -> rewrite.rewritten().contains(row.archive().hash()));
    }

    /** The manifest after the move; empty when a block would be nowhere, so that the snapshot stays as it is. */
    private Optional<Manifest> next(Manifest manifest) {
        NextTable table = new NextTable(manifest, rewrite);
        for (ArchiveTable.Row row : manifest.archives().archives()) {
            if (!rewrite.rewritten().contains(row.archive().hash())) {
                table.keep(row);
                continue;
            }
            for (BlockRange range : row.ranges()) {
                for (long block = range.first(); block < range.first() + range.count(); block++) {
                    if (live.contains(range.stream(), block) && !table.move(new BlockId(range.stream(), block))) {
                        return Optional.empty();
                    }
                }
            }
        }
        return Optional.of(table.manifest());
    }

    private void put(Subject subject, Manifest manifest) throws IOException {
        byte[] object = manifest.encode(keys.of(manifest.sourceId()));
        for (Replica replica : subject.places()) {
            if (!forgotten.get(replica).contains(manifest.id()) && isThere(replica, manifest)) {
                ManifestName name = new SnapshotStore(replica).put(manifest, object);
                written.computeIfAbsent(replica, one -> new HashMap<>()).put(manifest.id(), name);
            }
        }
        progress.entries(1);
    }

    /** Whether everything is there; what another destination has of it is copied. */
    private boolean isThere(Replica replica, Manifest manifest) throws IOException {
        Inventory inventory = inventories.get(replica);
        boolean isCondemned = manifest.archives().archives().stream()
                        .anyMatch(row -> inventory.isCondemned(row.archive().hash()))
                || manifest.catalogs().stream().anyMatch(object -> inventory.isCondemned(object.hash()));
        if (isCondemned || !manifest.catalogs().stream().allMatch(inventory::hasCatalog)) {
            return false;
        }
        for (ArchiveTable.Row row : manifest.archives().archives()) {
            if (!inventory.hasArchive(row.archive())) {
                Optional<Replica> from = replicas.stream()
                        .filter(other -> inventories.get(other).hasArchive(row.archive()))
                        .findFirst();
                if (from.isEmpty()) {
                    return false;
                }
                ObjectCopy.copy(
                        List.of(from.get()),
                        replica,
                        Layout.archive(row.archive().hash()),
                        row.archive());
            }
        }
        return true;
    }

    /** What somebody forgot at this moment must not come back. */
    private void withdrawForgotten(Replica replica, Map<SnapshotId, ManifestName> names) throws IOException {
        for (SnapshotId id : new ForgottenRecords(replica).list()) {
            ManifestName name = names.get(id);
            if (name != null) {
                new SnapshotStore(replica).delete(name);
            }
        }
    }
}
