package io.jenkins.plugins.provenbackup.engine.verify;

import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.CryptoException;
import io.jenkins.plugins.provenbackup.engine.crypto.UnknownEpochException;
import io.jenkins.plugins.provenbackup.engine.repository.EpochDocuments;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.PlainRecord;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StoredObject;
import java.io.IOException;
import java.util.List;

/** Checks the small objects of one destination: epochs, key slots, and the records of removals, holds and tests. */
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

    /** Those without which nobody could use the destination at all. */
    void checkKeys() throws IOException {
        for (int epoch = 1; epoch <= key.newestEpoch(); epoch++) {
            if (isCovered(epoch)) {
                checkEpoch(epoch);
            }
        }
        checkAll(Layout.KEYS);
    }

    /** The others, which may be many; each is read. */
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

    private boolean isCovered(int epoch) {
        try {
            key.publicKey(epoch);
            return true;
        } catch (UnknownEpochException e) {
            return false;
        }
    }

    private void checkEpoch(int epoch) throws IOException {
        try {
            if (epoch == key.newestEpoch()) {
                EpochDocuments.verify(replica, key);
            } else {
                EpochDocuments.verify(replica, key, epoch);
            }
        } catch (UnknownEpochException e) {
            findings.add(VerifyResult.Kind.DAMAGED, Layout.epoch(epoch), e.getMessage());
        } catch (CryptoException e) {
            findings.add(
                    VerifyResult.Kind.DAMAGED,
                    Layout.epoch(epoch),
                    replica.name(Layout.epoch(epoch))
                            + " is missing, damaged, or not what the owner of the keys wrote.",
                    () -> replace(Layout.epoch(epoch), other -> EpochDocuments.verify(other, key, epoch)));
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
