package io.jenkins.plugins.provenbackup.engine.verify;

import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.CryptoException;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.PlainRecord;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StoredObject;
import java.io.IOException;
import java.util.List;

/** Checks the records of removals, holds and tests of one destination; {@link KeyVerification} checks slots and epochs. */
final class RecordCheck {

    private final Replica replica;
    private final List<Replica> replicas;
    private final AccessKey key;
    private final Findings findings;

    RecordCheck(Replica replica, List<Replica> replicas, AccessKey key, Findings findings) {
        this.replica = replica;
        this.replicas = replicas;
        this.key = key;
        this.findings = findings;
    }

    /** There may be many; each is read. */
    void checkRecords() throws IOException {
        for (String folder : PlainRecord.FOLDERS) {
            if (!folder.equals(Layout.EPOCHS) && !folder.equals(Layout.KEYS)) {
                checkAll(folder);
            }
        }
    }

    private void checkAll(String folder) throws IOException {
        for (StoredObject object : replica.storage().list(folder)) {
            if (PlainRecord.isNameOf(object.name())) {
                checkRecord(object.name());
            }
        }
    }

    private void checkRecord(String name) throws IOException {
        try {
            requireIntact(replica, name);
        } catch (StorageException.Missing removedMeanwhile) {
            return;
        } catch (CryptoException e) {
            findings.add(
                    VerifyResult.Kind.DAMAGED,
                    name,
                    replica.name(name) + " is damaged, or was made up by somebody without the key.",
                    () -> replace(name, other -> requireIntact(other, name)));
        }
    }

    private void requireIntact(Replica at, String name) throws IOException {
        PlainRecord.read(at, name).requireAuthentic(at, key);
    }

    private interface Check {
        void requireIntact(Replica replica) throws IOException;
    }

    private boolean replace(String name, Check check) throws IOException {
        for (Replica other : replicas) {
            if (other != replica) {
                try {
                    check.requireIntact(other);
                } catch (CryptoException | StorageException e) {
                    // Not from there, then.
                    continue;
                }
                PlainRecord.read(other, name).replace(replica);
                return true;
            }
        }
        return false;
    }
}
