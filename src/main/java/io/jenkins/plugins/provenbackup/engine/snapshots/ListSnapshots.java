package io.jenkins.plugins.provenbackup.engine.snapshots;

import io.jenkins.plugins.provenbackup.engine.catalog.MalformedException;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.CryptoException;
import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceId;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.repository.ForgottenRecords;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.ManifestName;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotStore;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lists the snapshots that a key covers, merged over several destinations: each manifest is read once, from the first
 * destination that has it intact.
 */
public final class ListSnapshots {

    private static final Comparator<Snapshot> ORDER = Comparator.comparing(
                    (Snapshot snapshot) -> snapshot.manifest().source())
            .thenComparingLong(snapshot -> snapshot.manifest().sequence())
            .thenComparing(snapshot -> snapshot.manifest().start())
            .thenComparing(Snapshot::id);

    private final List<Replica> replicas;
    private final AccessKey key;
    private final Map<SourceId, SourceKey> keys = new HashMap<>();
    private final Map<SnapshotId, Manifest> newest = new LinkedHashMap<>();
    private final Map<SnapshotId, List<Snapshot.Copy>> copies = new HashMap<>();
    private final List<SnapshotList.Broken> broken = new ArrayList<>();

    private ListSnapshots(List<Replica> replicas, AccessKey key) {
        this.replicas = replicas;
        this.key = key;
    }

    /**
     * Lists them.
     *
     * @throws StorageException when a destination cannot be listed or read
     */
    public static SnapshotList run(List<Replica> replicas, AccessKey key) throws IOException {
        ListSnapshots list = new ListSnapshots(replicas, key);
        try {
            return list.run();
        } finally {
            list.keys.values().forEach(SourceKey::close);
        }
    }

    private SnapshotList run() throws IOException {
        Map<ManifestName, List<Replica>> places = new LinkedHashMap<>();
        Optional<SourceId> only = key instanceof SourceKey source ? Optional.of(source.sourceId()) : Optional.empty();
        for (Replica replica : replicas) {
            SnapshotStore store = new SnapshotStore(replica);
            for (SnapshotStore.Listed listed : only.isPresent() ? store.list(only.get()) : store.listAll()) {
                places.computeIfAbsent(listed.name(), name -> new ArrayList<>()).add(replica);
            }
        }
        for (Map.Entry<ManifestName, List<Replica>> entry : places.entrySet()) {
            read(entry.getKey(), entry.getValue());
        }
        List<Snapshot> snapshots = new ArrayList<>();
        newest.forEach((id, manifest) -> snapshots.add(new Snapshot(manifest, copies.get(id))));
        snapshots.sort(ORDER);
        Set<SnapshotId> forgotten = new HashSet<>();
        for (Replica replica : replicas) {
            forgotten.addAll(new ForgottenRecords(replica).list());
        }
        return new SnapshotList(replicas, snapshots, broken, removed(snapshots, forgotten), forgotten);
    }

    private void read(ManifestName name, List<Replica> at) throws IOException {
        SourceKey sourceKey = keys.computeIfAbsent(
                name.source(), source -> key.sourceKey(source).orElseThrow());
        for (Replica replica : at) {
            try {
                Manifest manifest = new SnapshotStore(replica).read(name, sourceKey);
                requireOwnName(manifest, replica.name(name.object()));
                Manifest known = newest.get(manifest.id());
                if (known == null || known.generation() <= manifest.generation()) {
                    newest.put(manifest.id(), manifest);
                }
                List<Snapshot.Copy> all = copies.computeIfAbsent(manifest.id(), id -> new ArrayList<>());
                at.stream().filter(one -> !isBroken(one, name)).forEach(one -> all.add(new Snapshot.Copy(one, name)));
                return;
            } catch (StorageException.Missing e) {
                // Forgotten by somebody else since the listing.
            } catch (CryptoException | MalformedException e) {
                broken.add(new SnapshotList.Broken(replica.name(name.object()), e.getMessage()));
            }
        }
    }

    /** Whoever has the key of one source can seal any name with it; only the source's own name counts. */
    private void requireOwnName(Manifest manifest, String where) throws DamagedException {
        if (key.sourceId(manifest.source())
                .filter(owner -> !owner.equals(manifest.sourceId()))
                .isPresent()) {
            throw new DamagedException(where + " says that it is a snapshot of '" + manifest.source()
                    + "', but was sealed with the key of another source: somebody who had that key forged it.");
        }
    }

    private boolean isBroken(Replica replica, ManifestName name) {
        String object = replica.name(name.object());
        return broken.stream().anyMatch(one -> one.object().equals(object));
    }

    private List<SnapshotList.Removed> removed(List<Snapshot> snapshots, Set<SnapshotId> forgotten) throws IOException {
        List<SnapshotList.Removed> removed = new ArrayList<>();
        Set<SnapshotId> told = new LinkedHashSet<>();
        for (Snapshot snapshot : snapshots) {
            Manifest manifest = snapshot.manifest();
            for (SnapshotId before : manifest.predecessors()) {
                if (!newest.containsKey(before)
                        && told.add(before)
                        && !(forgotten.contains(before) && isForgotten(before, keys.get(manifest.sourceId())))) {
                    removed.add(new SnapshotList.Removed(before, manifest.source(), manifest.id()));
                }
            }
        }
        return removed;
    }

    /** Whether somebody with the key says so at any destination. */
    private boolean isForgotten(SnapshotId snapshot, SourceKey sourceKey) throws IOException {
        for (Replica replica : replicas) {
            try {
                new ForgottenRecords(replica).read(snapshot, sourceKey);
                return true;
            } catch (StorageException.Missing | CryptoException | MalformedException e) {
                // Another destination may have an authentic one.
            }
        }
        return false;
    }
}
