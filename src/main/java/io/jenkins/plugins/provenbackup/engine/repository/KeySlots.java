package io.jenkins.plugins.provenbackup.engine.repository;

import io.jenkins.plugins.provenbackup.engine.crypto.CryptoException;
import io.jenkins.plugins.provenbackup.engine.crypto.Slot;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StoredObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
            if (!isSlot(object.name())) {
                continue;
            }
            try {
                Slot slot = Slot.parse(replica.readDocument(object.name()), replica.name(object.name()));
                found.add(new Found(object.name(), Optional.of(slot), Optional.empty()));
            } catch (StorageException.Missing e) {
                // Removed by somebody else since the listing.
            } catch (CryptoException e) {
                found.add(new Found(object.name(), Optional.empty(), Optional.of(e)));
            }
        }
        return found;
    }

    /** Slots that were removed, as far as records of that lie here, whoever made them; for lists that are made without a key. */
    public static Set<String> removed(Replica replica) throws IOException {
        Set<String> removed = new HashSet<>();
        for (StoredObject object : replica.storage().list(Layout.KEYS)) {
            RemovedSlots.slotOf(object.name()).ifPresent(removed::add);
        }
        return removed;
    }

    static boolean isSlot(String object) {
        return object.endsWith(".json");
    }

    /** Stores slots. */
    public static void put(Storage storage, List<byte[]> slots) throws IOException {
        for (byte[] slot : slots) {
            String id = Slot.parse(slot, "the new slot").id();
            storage.put(Layout.slot(id), new BytesPayload(slot));
        }
    }
}
