package io.jenkins.plugins.provenbackup.engine.backup;

import io.jenkins.plugins.provenbackup.engine.catalog.CatalogObject;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.repository.ArchiveTable;
import io.jenkins.plugins.provenbackup.engine.repository.BlockId;
import io.jenkins.plugins.provenbackup.engine.repository.Inventory;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.MovedBlocks;
import io.jenkins.plugins.provenbackup.engine.repository.ObjectRef;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.RunId;
import io.jenkins.plugins.provenbackup.engine.repository.RunStore;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.repository.SourceHistory;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a backup starts from (repository format, section 12, step 2).
 *
 * @param kind what the snapshot will be; FULL where there was nothing to compare with
 * @param sequence the snapshot's number
 * @param predecessors the newest snapshots
 * @param parent what it compares with
 * @param unfinished runs that died and whose work is used
 * @param available what need not be stored again
 * @param inventories what each destination holds
 * @param olderEpoch the epoch of the newest snapshot when that is not the key's, so that nothing of it can be used; else 0
 */
record BackupPlan(
        SnapshotKind kind,
        long sequence,
        List<SnapshotId> predecessors,
        Optional<Manifest> parent,
        List<RunStore.Unfinished> unfinished,
        AvailableBlocks available,
        Map<Replica, Inventory> inventories,
        int olderEpoch) {

    /**
     * Looks at the destinations.
     *
     * @param self the run that plans
     * @param unusable snapshots and runs, by their ids, whose catalogs turned out to be damaged
     */
    static BackupPlan make(
            PlannedDestinations destinations,
            SourceKey key,
            SnapshotKind asked,
            RunId self,
            Set<String> unusable,
            Instant now)
            throws IOException {
        SourceHistory history = SourceHistory.load(destinations.reached(), key);
        Map<Replica, Inventory> inventories = destinations.each(Inventory::of);
        Set<RunId> finished = new HashSet<>(history.finishedRuns());
        finished.add(self);
        Map<RunId, RunStore.Unfinished> unfinished = new LinkedHashMap<>();
        destinations
                .each(replica -> new RunStore(replica).unfinished(key, finished, now))
                .values()
                .forEach(runs -> runs.forEach(run -> unfinished.merge(run.run(), run, BackupPlan::longer)));
        inventories.keySet().retainAll(destinations.reached());
        unfinished.keySet().removeIf(run -> unusable.contains(run.hex()));
        Optional<Manifest> parent = parent(
                history,
                asked,
                manifest -> manifest.epoch() == key.newestEpoch()
                        && !unusable.contains(manifest.id().hex())
                        && hasCatalog(manifest, inventories));
        SnapshotKind kind = parent.isPresent() ? asked : SnapshotKind.FULL;
        List<RunStore.Unfinished> usable = unfinished.values().stream()
                .filter(run -> run.checkpoints().get(0).epoch() == key.newestEpoch())
                .toList();
        Set<ObjectHash> forbidden = kind == SnapshotKind.FULL ? history.archives() : Set.of();
        return new BackupPlan(
                kind,
                history.highestSequence() + 1,
                history.heads(),
                parent,
                usable,
                available(parent, usable, inventories, forbidden),
                inventories,
                olderEpoch(history, key));
    }

    private static int olderEpoch(SourceHistory history, SourceKey key) throws IOException {
        return history.newest(Optional.empty())
                .map(Manifest::epoch)
                .filter(epoch -> epoch < key.newestEpoch())
                .orElse(0);
    }

    /** The destinations that were looked at. */
    List<Replica> replicas() {
        return List.copyOf(inventories.keySet());
    }

    private static Optional<Manifest> parent(SourceHistory history, SnapshotKind asked, Predicate<Manifest> usable)
            throws IOException {
        return switch (asked) {
            case FULL -> Optional.empty();
            case INCREMENTAL -> history.newest(Optional.empty(), usable);
            case DIFFERENTIAL -> history.newest(Optional.of(SnapshotKind.FULL), usable);
        };
    }

    private static RunStore.Unfinished longer(RunStore.Unfinished a, RunStore.Unfinished b) {
        return a.checkpoints().size() >= b.checkpoints().size() ? a : b;
    }

    /** A catalog must be readable as a whole to serve as a parent; archives that are gone only cost another read. */
    private static boolean hasCatalog(Manifest manifest, Map<Replica, Inventory> inventories) {
        for (CatalogObject object : manifest.catalogs()) {
            if (isCondemned(object.hash(), inventories)
                    || inventories.values().stream().noneMatch(inventory -> inventory.hasCatalog(object))) {
                return false;
            }
        }
        return true;
    }

    private static AvailableBlocks available(
            Optional<Manifest> parent,
            List<RunStore.Unfinished> unfinished,
            Map<Replica, Inventory> inventories,
            Set<ObjectHash> forbidden) {
        Set<ArchiveTable.Row> rows = new LinkedHashSet<>();
        parent.ifPresent(manifest -> rows.addAll(manifest.archives().archives()));
        unfinished.forEach(run -> run.checkpoints()
                .forEach(checkpoint -> rows.addAll(checkpoint.archives().archives())));
        rows.removeIf(row -> forbidden.contains(row.archive().hash()) || !isSomewhere(row.archive(), inventories));
        List<BlockId> sparse = new ArrayList<>();
        parent.ifPresent(manifest -> sparse.addAll(manifest.sparse()));
        return new AvailableBlocks(rows, parent.map(Manifest::moved).orElse(MovedBlocks.NONE), sparse);
    }

    private static boolean isSomewhere(ObjectRef archive, Map<Replica, Inventory> inventories) {
        return !isCondemned(archive.hash(), inventories)
                && inventories.values().stream().anyMatch(inventory -> inventory.hasArchive(archive));
    }

    /** What one destination is about to delete cannot be put there again under the same name, so it is stored anew. */
    private static boolean isCondemned(ObjectHash hash, Map<Replica, Inventory> inventories) {
        return inventories.values().stream().anyMatch(inventory -> inventory.isCondemned(hash));
    }
}
