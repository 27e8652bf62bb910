package io.jenkins.plugins.provenbackup.engine.compliance;

import io.jenkins.plugins.provenbackup.engine.repository.Inventory;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.Totals;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much the destinations of a policy hold.
 *
 * @param snapshots what each holds and what its run did
 * @param destinations by name, those that were reached
 */
public record StoredAmounts(Map<SnapshotId, Totals> snapshots, Map<String, AtDestination> destinations) {

    /**
     * At one destination.
     *
     * @param bytes of its archives and catalogs, of all sources
     * @param condemned of these, bytes that a prune will delete
     */
    public record AtDestination(long bytes, long condemned) {}

    public StoredAmounts {
        snapshots = Map.copyOf(snapshots);
        destinations = Map.copyOf(destinations);
    }

    static StoredAmounts of(List<Snapshot> snapshots, Map<String, Inventory> inventories) {
        Map<SnapshotId, Totals> totals = new HashMap<>();
        snapshots.forEach(one -> totals.put(one.id(), one.manifest().totals()));
        Map<String, AtDestination> places = new HashMap<>();
        inventories.forEach((name, inventory) ->
                places.put(name, new AtDestination(inventory.bytes(), inventory.condemnedBytes())));
        return new StoredAmounts(totals, places);
    }
}
