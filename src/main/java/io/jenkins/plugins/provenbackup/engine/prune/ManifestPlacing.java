package io.jenkins.plugins.provenbackup.engine.prune;

import io.jenkins.plugins.provenbackup.engine.repository.ArchiveTable;
import io.jenkins.plugins.provenbackup.engine.repository.ForgottenRecords;
import io.jenkins.plugins.provenbackup.engine.repository.Inventory;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.ManifestName;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotStore;
import io.jenkins.plugins.provenbackup.engine.transfer.ObjectCopy;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts generations of snapshots at destinations that have the snapshot. As a backup does, it looks first whether everything
 * that a manifest names is there and not condemned. For one thread.
 */
final class ManifestPlacing {

    private final Map<Replica, Inventory> inventories = new LinkedHashMap<>();
    private final Map<Replica, Set<SnapshotId>> forgotten = new HashMap<>();
    private final Map<Replica, Map<SnapshotId, ManifestName>> written = new HashMap<>();

    private ManifestPlacing() {}

    /** Looks at destinations, among which objects may be copied. */
    static ManifestPlacing at(List<Replica> replicas) throws IOException {
        ManifestPlacing placing = new ManifestPlacing();
        for (Replica replica : replicas) {
            placing.inventories.put(replica, Inventory.of(replica));
            placing.forgotten.put(replica, new ForgottenRecords(replica).list());
        }
        return placing;
    }

    /**
     * Puts a generation at those of the places where everything is there, or can be copied to, and nobody forgot the snapshot.
     *
     * @param object the manifest's bytes, the same everywhere
     */
    void put(Manifest manifest, byte[] object, Collection<Replica> places) throws IOException {
        for (Replica replica : places) {
            if (!forgotten.get(replica).contains(manifest.id()) && isThere(replica, manifest)) {
                ManifestName name = new SnapshotStore(replica).put(manifest, object);
                written.computeIfAbsent(replica, one -> new HashMap<>()).put(manifest.id(), name);
            }
        }
    }

    /** Whether anything was put. */
    boolean hasPut() {
        return !written.isEmpty();
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
                Optional<Replica> from = inventories.keySet().stream()
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

    /** To be called at the end: what somebody forgot at this moment must not come back. */
    void withdrawForgotten() throws IOException {
        for (Map.Entry<Replica, Map<SnapshotId, ManifestName>> entry : written.entrySet()) {
            Replica replica = entry.getKey();
            for (SnapshotId id : new ForgottenRecords(replica).list()) {
                ManifestName name = entry.getValue().get(id);
                if (name != null) {
                    new SnapshotStore(replica).delete(name);
                }
            }
        }
    }
}
