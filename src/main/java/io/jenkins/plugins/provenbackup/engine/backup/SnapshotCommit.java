package io.jenkins.plugins.provenbackup.engine.backup;

import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.catalog.CatalogObject;
import io.jenkins.plugins.provenbackup.engine.repository.Inventory;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.ManifestName;
import io.jenkins.plugins.provenbackup.engine.repository.ObjectRef;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SealedManifest;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotStore;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import io.jenkins.plugins.provenbackup.engine.transfer.ObjectCopy;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Makes a snapshot exist (repository format, section 12, steps 4 to 6): at each destination the manifest is put last, after
 * everything that it names was seen there. A destination that lacks something is caught up from the others first.
 */
final class SnapshotCommit {

    /** After so long, what was seen may have been pruned. */
    private static final Duration SEEN_FOR = Duration.ofHours(1);

    private final List<Replica> replicas;
    private final Clock clock;
    private final ProgressListener progress;
    private final Map<Replica, BackupResult.Immutability> immutability = new LinkedHashMap<>();

    SnapshotCommit(List<Replica> replicas, Clock clock, ProgressListener progress) {
        this.replicas = replicas;
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * Objects that the snapshot needs and no destination has any more, or that are condemned at one: their content must be
     * stored again. What is condemned cannot be saved by a copy, which would lie under the name that is about to be deleted.
     */
    static final class Lost extends IOException {
        private static final long serialVersionUID = 1L;

        Lost(Set<ObjectHash> objects) {
            super(objects.size()
                    + " archives that the snapshot refers to disappeared or were condemned by a prune while"
                    + " the backup ran, or the storage accepted them and kept nothing; among them "
                    + objects.iterator().next() + ". Run the backup again; what is stored is reused.");
        }
    }

    /**
     * Puts the manifest wherever everything is.
     *
     * @return for each destination without the snapshot the reason
     * @throws Lost when nothing was put, since something is nowhere
     */
    Map<Replica, IOException> commit(Manifest manifest, byte[] object) throws IOException {
        Map<Replica, IOException> failures = new LinkedHashMap<>();
        Map<Replica, Inventory> inventories = list(replicas, failures);
        Set<ObjectHash> lost = lost(manifest, inventories);
        if (!lost.isEmpty()) {
            throw new Lost(lost);
        }
        Instant seen = clock.instant();
        long seenNanos = System.nanoTime();
        List<Replica> put = new ArrayList<>();
        for (Map.Entry<Replica, Inventory> entry : inventories.entrySet()) {
            Replica replica = entry.getKey();
            try {
                catchUp(replica, entry.getValue(), manifest, inventories);
                Optional<SnapshotLock> lock = SnapshotLock.of(replica, clock);
                boolean isLocked = lock.isPresent() && lockContents(lock.get(), replica, manifest);
                ManifestName name = new SnapshotStore(replica).put(manifest, object);
                put.add(replica);
                if (isLocked) {
                    lockManifest(lock.get(), replica, manifest, name);
                }
            } catch (IOException e) {
                failures.put(replica, e);
            }
        }
        if (isOld(seen, seenNanos)) {
            recheck(put, manifest, failures);
        }
        return failures;
    }

    /** What became of the locks that destinations asked for, after {@link #commit}. */
    Map<Replica, BackupResult.Immutability> immutability() {
        return Map.copyOf(immutability);
    }

    // A storage that refuses leaves a snapshot like any other: it is reported, not thrown away.
    private boolean lockContents(SnapshotLock lock, Replica replica, Manifest manifest) throws InterruptedIOException {
        try {
            lock.lockContents(manifest);
            return true;
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            immutability.put(replica, BackupResult.Immutability.refused(e.getMessage()));
            return false;
        }
    }

    private void lockManifest(SnapshotLock lock, Replica replica, Manifest manifest, ManifestName name)
            throws InterruptedIOException {
        try {
            immutability.put(replica, BackupResult.Immutability.until(lock.lockManifest(manifest, name)));
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            immutability.put(replica, BackupResult.Immutability.refused(e.getMessage()));
        }
    }

    private static Map<Replica, Inventory> list(List<Replica> replicas, Map<Replica, IOException> failures) {
        Map<Replica, Inventory> inventories = new LinkedHashMap<>();
        for (Replica replica : replicas) {
            try {
                inventories.put(replica, Inventory.of(replica));
            } catch (IOException e) {
                failures.put(replica, e);
            }
        }
        return inventories;
    }

    private static Set<ObjectHash> lost(Manifest manifest, Map<Replica, Inventory> inventories) {
        Set<ObjectHash> lost = new LinkedHashSet<>();
        if (inventories.isEmpty()) {
            return lost;
        }
        for (var row : manifest.archives().archives()) {
            ObjectHash hash = row.archive().hash();
            if (isCondemned(hash, inventories)
                    || inventories.values().stream().noneMatch(one -> one.hasArchive(row.archive()))) {
                lost.add(hash);
            }
        }
        for (CatalogObject catalog : manifest.catalogs()) {
            if (isCondemned(catalog.hash(), inventories)
                    || inventories.values().stream().noneMatch(one -> one.hasCatalog(catalog))) {
                lost.add(catalog.hash());
            }
        }
        return lost;
    }

    private static boolean isCondemned(ObjectHash hash, Map<Replica, Inventory> inventories) {
        return inventories.values().stream().anyMatch(one -> one.isCondemned(hash));
    }

    private void catchUp(Replica replica, Inventory inventory, Manifest manifest, Map<Replica, Inventory> inventories)
            throws IOException {
        for (var row : manifest.archives().archives()) {
            if (!inventory.hasArchive(row.archive())) {
                List<Replica> from = with(inventories, one -> one.hasArchive(row.archive()));
                copy(from, replica, Layout.archive(row.archive().hash()), row.archive());
            }
        }
        for (CatalogObject catalog : manifest.catalogs()) {
            if (!inventory.hasCatalog(catalog)) {
                List<Replica> from = with(inventories, one -> one.hasCatalog(catalog));
                copy(from, replica, Layout.catalog(catalog.hash()), new ObjectRef(catalog.hash(), catalog.size()));
            }
        }
    }

    private void copy(List<Replica> from, Replica to, String name, ObjectRef object) throws IOException {
        ObjectCopy.copy(from, to, name, object);
        SealedManifest.requireStored(to, name, object.size());
        progress.transferred(object.size());
    }

    private static List<Replica> with(Map<Replica, Inventory> inventories, Predicate<Inventory> condition) {
        return inventories.entrySet().stream()
                .filter(entry -> condition.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean isOld(Instant seen, long seenNanos) {
        return Duration.between(seen, clock.instant()).compareTo(SEEN_FOR) > 0
                || System.nanoTime() - seenNanos > SEEN_FOR.toNanos();
    }

    private static void recheck(List<Replica> put, Manifest manifest, Map<Replica, IOException> failures) {
        for (Replica replica : put) {
            try {
                if (!Inventory.of(replica).isComplete(manifest)) {
                    failures.put(
                            replica,
                            new IOException("A prune at " + replica.location()
                                    + " removed part of the snapshot while it was written. Run the backup again."));
                }
            } catch (IOException e) {
                failures.put(replica, e);
            }
        }
    }
}
