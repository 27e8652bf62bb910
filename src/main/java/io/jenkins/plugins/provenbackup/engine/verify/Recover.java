package io.jenkins.plugins.provenbackup.engine.verify;

import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.catalog.MalformedException;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.CryptoException;
import io.jenkins.plugins.provenbackup.engine.replicate.Forgotten;
import io.jenkins.plugins.provenbackup.engine.repository.Inventory;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotStore;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts lost manifests back from their twins under {@code catalogs/}. */
public final class Recover {

    private Recover() {}

    /**
     * What was recovered at a destination.
     *
     * @param location the destination
     * @param recovered snapshots that exist again
     * @param incomplete snapshots whose manifests were found, but not everything that they name
     * @param forgotten snapshots that were left out since they were forgotten on purpose
     * @param present snapshots that were there already
     */
    public record Result(
            String location,
            List<SnapshotId> recovered,
            List<SnapshotId> incomplete,
            List<SnapshotId> forgotten,
            long present) {}

    /** Recovers one destination; nothing is deleted or changed. */
    public static Result run(Replica replica, AccessKey key, ProgressListener progress) throws IOException {
        progress.phase(ProgressListener.Phase.CHECKING);
        SnapshotStore store = new SnapshotStore(replica);
        Set<String> present = new HashSet<>();
        Set<SnapshotId> presentIds = new HashSet<>();
        for (Manifest manifest : store.load(key).manifests()) {
            present.add(manifest.id() + "/" + manifest.generation());
            presentIds.add(manifest.id());
        }
        Forgotten records = new Forgotten(List.of(replica), Optional.of(key));
        Inventory inventory = Inventory.of(replica);
        List<Manifest> recovered = new ArrayList<>();
        List<Manifest> incomplete = new ArrayList<>();
        List<Manifest> forgotten = new ArrayList<>();
        progress.expect(inventory.catalogs().size(), 0);
        for (ObjectHash hash : inventory.catalogs().keySet()) {
            progress.entries(1);
            Optional<SnapshotStore.Twin> found = twin(store, hash, key);
            if (found.isEmpty()) {
                continue;
            }
            Manifest manifest = found.get().manifest();
            if (records.has(manifest.id(), manifest.sourceId())) {
                forgotten.add(manifest);
            } else if (!inventory.isComplete(manifest)) {
                incomplete.add(manifest);
            } else if (present.add(manifest.id() + "/" + manifest.generation())) {
                store.put(manifest, found.get().object());
                recovered.add(manifest);
            }
        }
        return new Result(
                replica.location(),
                inOrder(recovered),
                inOrder(incomplete).stream()
                        .filter(id -> !presentIds.contains(id))
                        .toList(),
                inOrder(forgotten),
                presentIds.size());
    }

    /** Source by source, oldest first; each once, whatever the number of its generations. */
    private static List<SnapshotId> inOrder(List<Manifest> manifests) {
        return manifests.stream()
                .sorted(Comparator.comparing(Manifest::source)
                        .thenComparingLong(Manifest::sequence)
                        .thenComparing(Manifest::id))
                .map(Manifest::id)
                .distinct()
                .toList();
    }

    private static Optional<SnapshotStore.Twin> twin(SnapshotStore store, ObjectHash hash, AccessKey key)
            throws IOException {
        try {
            return store.twin(hash, key);
        } catch (CryptoException | MalformedException e) {
            // No twin, one of a source that the key does not cover, or damaged: verify tells.
            return Optional.empty();
        }
    }
}
