package io.jenkins.plugins.provenbackup.engine.replicate;

import io.jenkins.plugins.provenbackup.engine.catalog.MalformedException;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.CryptoException;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceId;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.repository.ForgottenRecords;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which snapshots were forgotten on purpose. With a key only authentic records count, since whoever can write to a
 * destination could keep a snapshot from being copied by a record that is none.
 */
public final class Forgotten {

    private final Map<Replica, Set<SnapshotId>> records = new LinkedHashMap<>();
    private final Optional<AccessKey> key;

    /** Lists the records of some destinations. */
    public Forgotten(List<Replica> replicas, Optional<AccessKey> key) throws IOException {
        this.key = key;
        for (Replica replica : replicas) {
            records.put(replica, new ForgottenRecords(replica).list());
        }
    }

    /** Whether any of the destinations says so. */
    public boolean has(SnapshotId snapshot, SourceId source) throws IOException {
        for (Map.Entry<Replica, Set<SnapshotId>> entry : records.entrySet()) {
            if (entry.getValue().contains(snapshot) && isAuthentic(entry.getKey(), snapshot, source)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAuthentic(Replica replica, SnapshotId snapshot, SourceId source) throws IOException {
        if (key.isEmpty()) {
            return true;
        }
        Optional<SourceKey> opened = key.get().sourceKey(source);
        if (opened.isEmpty()) {
            return true;
        }
        try (SourceKey sourceKey = opened.get()) {
            new ForgottenRecords(replica).read(snapshot, sourceKey);
            return true;
        } catch (StorageException.Missing | CryptoException | MalformedException e) {
            // Another destination may have an authentic one.
            return false;
        }
    }
}
