package io.jenkins.plugins.provenbackup.engine.replicate;

import io.jenkins.plugins.provenbackup.engine.catalog.MalformedException;
import io.jenkins.plugins.provenbackup.engine.crypto.CryptoException;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.PlainRecord;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SealedManifest;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotStore;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StoredObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Copies key slots, epochs and records that the target lacks, after what can be checked of them without a key. One that the
 * target has stays as it is: each destination seals its own. For one thread.
 */
final class RecordCopy {

    private final ReplicateRequest request;
    private final Replica to;
    private final List<ReplicateResult.Left> left;
    private final List<String> copied = new ArrayList<>();

    RecordCopy(ReplicateRequest request, Replica to, List<ReplicateResult.Left> left) {
        this.request = request;
        this.to = to;
        this.left = left;
    }

    /** Copies all; returns their names. */
    List<String> run() throws IOException, InterruptedException {
        for (String folder : PlainRecord.FOLDERS) {
            Set<String> there = names(to, folder);
            Set<String> kept = folder.equals(Layout.FORGOTTEN) ? keptAtTarget(there) : Set.of();
            for (Replica replica : request.from()) {
                for (String name : names(replica, folder)) {
                    if (Thread.interrupted()) {
                        throw new InterruptedException("copying was cancelled");
                    }
                    if (!kept.contains(name) && !there.contains(name) && copy(replica, name)) {
                        there.add(name);
                    }
                }
            }
        }
        return copied;
    }

    private boolean copy(Replica from, String name) throws IOException {
        PlainRecord record;
        try {
            record = PlainRecord.read(from, name);
            if (request.key().isPresent()) {
                record.requireAuthentic(from, request.key().get());
            }
        } catch (StorageException.Missing removedMeanwhile) {
            return false;
        } catch (CryptoException damaged) {
            left.add(new ReplicateResult.Left(name, damaged.getMessage()));
            return false;
        }
        if (request.mode() == ReplicateRequest.Mode.WRITE) {
            record.put(to);
        }
        copied.add(name);
        return true;
    }

    private static Set<String> names(Replica replica, String folder) throws StorageException {
        return replica.storage().list(folder).stream()
                .map(StoredObject::name)
                .filter(PlainRecord::isNameOf)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /**
     * The records of snapshots that the target still has: how long a destination keeps something is its own affair, and with
     * the record no other could get the snapshot from it any more.
     */
    private Set<String> keptAtTarget(Set<String> there) throws IOException {
        Set<String> coming = new HashSet<>();
        for (Replica replica : request.from()) {
            coming.addAll(names(replica, Layout.FORGOTTEN));
        }
        coming.removeAll(there);
        Set<String> kept = new HashSet<>();
        if (coming.isEmpty()) {
            return kept;
        }
        for (SnapshotStore.Listed listed : new SnapshotStore(to).listAll()) {
            idAtTarget(listed).map(Layout::forgotten).ifPresent(kept::add);
        }
        return kept;
    }

    private Optional<SnapshotId> idAtTarget(SnapshotStore.Listed listed) throws IOException {
        try {
            return Optional.of(SealedManifest.read(to, listed.name()).id());
        } catch (StorageException.Missing | CryptoException | MalformedException e) {
            // Forgotten meanwhile, or damaged: it counts for nothing, and verify tells of it.
            return Optional.empty();
        }
    }
}
