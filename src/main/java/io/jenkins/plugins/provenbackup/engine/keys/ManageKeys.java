package io.jenkins.plugins.provenbackup.engine.keys;

import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.Slot;
import io.jenkins.plugins.provenbackup.engine.repository.KeySlots;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Lists, adds, removes and changes key slots, at every destination. Removing a slot does not revoke it: copies of it may
 * survive, and only a new epoch protects new data from who knew its passphrase.
 */
public final class ManageKeys {

    private final Destinations destinations;
    private final Clock clock;

    public ManageKeys(Destinations destinations, Clock clock) {
        this.destinations = destinations;
        this.clock = clock;
    }

    /** All slots, oldest first. */
    public List<ListedSlot> list() throws IOException {
        Map<String, ListedSlot> slots = new LinkedHashMap<>();
        for (Replica replica : destinations.reached()) {
            for (KeySlots.Found found : KeySlots.list(replica)) {
                String id = found.slot().map(Slot::id).orElse(found.object());
                ListedSlot known = slots.get(id);
                List<String> locations = new ArrayList<>(known == null ? List.of() : known.locations());
                locations.add(replica.location());
                slots.put(
                        id,
                        new ListedSlot(
                                id,
                                found.slot().map(Slot::label).orElse(""),
                                found.slot().map(Slot::created),
                                found.slot().map(Slot::epoch).orElse(0),
                                locations,
                                found.problem().map(Exception::getMessage)));
            }
        }
        return List.copyOf(slots.values());
    }

    /**
     * Adds a slot at every destination that was reached.
     *
     * @return its id
     */
    public String add(RecoveryKey key, char[] passphrase, String label) throws IOException {
        destinations.verify(key);
        byte[] slot = Slot.create(key, passphrase, label, clock.instant()).encode();
        String id = Slot.parse(slot, "The new slot").id();
        put(slot, id);
        return id;
    }

    /**
     * Removes a slot from every destination that was reached.
     *
     * @param prefix the beginning of its id
     * @return its id
     * @throws RefusedException when there is no such slot, several, or no other one
     */
    public String remove(RecoveryKey key, String prefix) throws IOException {
        destinations.verify(key);
        List<ListedSlot> found =
                list().stream().filter(slot -> slot.id().startsWith(prefix)).toList();
        if (prefix.isEmpty() || found.size() != 1) {
            throw new RefusedException(
                    found.isEmpty() || prefix.isEmpty()
                            ? "There is no key slot whose id begins with '" + prefix + "'. 'key list' shows them."
                            : "Several key slots begin with " + prefix + ": "
                                    + found.stream().map(ListedSlot::id).collect(Collectors.joining(", ")) + ".");
        }
        String id = found.get(0).id();
        for (Replica replica : destinations.reached()) {
            requireAnother(replica, id);
        }
        delete(id);
        return id;
    }

    /**
     * Replaces the slot that a passphrase opens.
     *
     * @return the new slot's id
     * @throws RefusedException when a destination cannot be reached: the old passphrase would go on working there
     */
    public String change(char[] oldPassphrase, char[] newPassphrase, Optional<String> label) throws IOException {
        if (!destinations.unreachable().isEmpty()) {
            throw new RefusedException("The passphrase is changed at all destinations or at none, and "
                    + String.join(", ", destinations.unreachable().keySet())
                    + " cannot be reached. Try again when it can, or name only the others.");
        }
        Destinations.Unlocked old = destinations.unlockSlot(oldPassphrase);
        try (RecoveryKey key = old.key()) {
            String id = add(key, newPassphrase, label.orElse(old.slot().label()));
            delete(old.slot().id());
            return id;
        }
    }

    private void put(byte[] slot, String id) throws IOException {
        List<String> done = new ArrayList<>();
        for (Replica replica : destinations.reached()) {
            try {
                KeySlots.put(replica.storage(), List.of(slot));
                done.add(replica.location());
            } catch (IOException e) {
                throw done.isEmpty()
                        ? e
                        : new IOException(
                                e.getMessage() + " The new key slot " + id + " is at " + String.join(", ", done)
                                        + " only; every other slot is as it was.",
                                e);
            }
        }
    }

    private void delete(String id) throws IOException {
        for (Replica replica : destinations.reached()) {
            replica.storage().delete(id.contains("/") ? id : Layout.slot(id));
        }
    }

    private static void requireAnother(Replica replica, String id) throws IOException {
        List<Slot> intact = KeySlots.list(replica).stream()
                .flatMap(found -> found.slot().stream())
                .toList();
        boolean isHere = intact.stream().anyMatch(slot -> slot.id().equals(id));
        if (isHere && intact.size() == 1) {
            throw new RefusedException(id + " is the last intact key slot at " + replica.location()
                    + ": without it no passphrase would open the repository. Add another one first, with 'key add'.");
        }
    }
}
