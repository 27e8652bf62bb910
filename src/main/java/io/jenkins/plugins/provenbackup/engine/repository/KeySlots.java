package io.jenkins.plugins.provenbackup.engine.repository;

import io.jenkins.plugins.provenbackup.engine.crypto.CryptoException;
import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import io.jenkins.plugins.provenbackup.engine.crypto.ForeignRepositoryException;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.Slot;
import io.jenkins.plugins.provenbackup.engine.crypto.WrongPassphraseException;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StoredObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The key slots at a destination. */
public final class KeySlots {

    private KeySlots() {}

    /**
     * One slot as found.
     *
     * @param object its name
     * @param slot what it says, or empty when it cannot be read
     * @param problem why it cannot be read; empty when it can
     */
    public record Found(String object, Optional<Slot> slot, Optional<CryptoException> problem) {}

    /** All slots, oldest first, also those that cannot be read. */
    public static List<Found> list(Replica replica) throws IOException {
        List<StoredObject> objects = new ArrayList<>(replica.storage().list(Layout.KEYS));
        objects.sort(Comparator.comparing(StoredObject::modified).thenComparing(StoredObject::name));
        List<Found> found = new ArrayList<>();
        for (StoredObject object : objects) {
            try {
                Slot slot = Slot.parse(replica.readDocument(object.name()), replica.name(object.name()));
                found.add(new Found(object.name(), Optional.of(slot), Optional.empty()));
            } catch (CryptoException e) {
                found.add(new Found(object.name(), Optional.empty(), Optional.of(e)));
            }
        }
        return found;
    }

    /**
     * Opens the recovery key with a passphrase, trying one slot after the other.
     *
     * @throws WrongPassphraseException when the passphrase fits none of the intact slots
     * @throws DamagedException when it fits none and a slot is damaged
     * @throws ForeignRepositoryException when all slots are of another repository
     */
    public static RecoveryKey unlock(Replica replica, char[] passphrase) throws IOException {
        CryptoException failure = new DamagedException("There is no key slot at " + replica.location()
                + ": its keys/ folder is empty. Copy keys/ from another destination, or use --key-file.");
        int severity = 0;
        for (Found found : list(replica)) {
            CryptoException problem;
            try {
                if (found.slot().isPresent()) {
                    return found.slot().get().open(passphrase, replica.id());
                }
                problem = found.problem().orElseThrow();
            } catch (CryptoException e) {
                problem = e;
            }
            if (severity(problem) > severity) {
                severity = severity(problem);
                failure = problem;
            }
        }
        throw failure;
    }

    /** Damage is told before a wrong passphrase, since the damaged slot may be the one that it opens. */
    private static int severity(CryptoException problem) {
        if (problem instanceof DamagedException) {
            return 4;
        }
        return problem instanceof WrongPassphraseException ? 3 : problem instanceof ForeignRepositoryException ? 1 : 2;
    }

    /** Stores slots. */
    public static void put(Storage storage, List<byte[]> slots) throws IOException {
        for (byte[] slot : slots) {
            String id = Slot.parse(slot, "the new slot").id();
            storage.put(Layout.slot(id), new BytesPayload(slot));
        }
    }
}
