package io.jenkins.plugins.provenbackup.engine.keys;

import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.crypto.PersonalKey;
import io.jenkins.plugins.provenbackup.engine.crypto.Recipient;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.Slot;
import io.jenkins.plugins.provenbackup.engine.crypto.SlotKind;
import io.jenkins.plugins.provenbackup.engine.repository.BytesPayload;
import io.jenkins.plugins.provenbackup.engine.repository.EpochDocuments;
import io.jenkins.plugins.provenbackup.engine.repository.KeySlots;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.RemovedSlots;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
        return SlotListing.of(destinations.reached()).slots();
    }

    /**
     * Adds a slot for a passphrase at every destination that was reached.
     *
     * @return its id
     */
    public String add(RecoveryKey key, char[] passphrase, String label) throws IOException {
        requireCurrent(key);
        return put(Slot.create(key, passphrase, label, clock.instant()));
    }

    /**
     * Adds a slot for somebody who has the private key to this public one.
     *
     * @param kind personal or escrow
     * @return its id
     */
    public String add(RecoveryKey key, SlotKind kind, Recipient recipient) throws IOException {
        requireCurrent(key);
        return put(Slot.create(key, kind, recipient, clock.instant()));
    }

    /** A slot for a key that is printed on paper; {@link #add(Slot)} puts it. */
    public Slot paperSlot(RecoveryKey key, PersonalKey paper) throws IOException {
        requireCurrent(key);
        return Slot.createForPaper(key, paper, clock.instant());
    }

    /** Adds a slot at every destination that was reached. */
    public void add(Slot slot) throws IOException {
        put(slot);
    }

    private void requireCurrent(RecoveryKey key) throws IOException {
        destinations.verify(key);
        for (Replica replica : destinations.reached()) {
            EpochDocuments.verify(replica, key);
        }
    }

    /**
     * Removes a slot from every destination that was reached, and with it those of earlier epochs that the same secret opens. Where
     * there was one, records of that are left behind, so that no rotation brings it back.
     *
     * @param prefix the beginning of its id
     * @return its id
     * @throws RefusedException when there is no such slot, several, or no other one
     */
    public String remove(RecoveryKey key, String prefix) throws IOException {
        destinations.verify(key);
        SlotListing listing = SlotListing.of(destinations.reached());
        List<String> found = listing.slots().stream()
                .map(ListedSlot::id)
                .filter(id -> id.startsWith(prefix))
                .toList();
        if (prefix.isEmpty() || found.size() != 1) {
            throw new RefusedException(
                    found.isEmpty() || prefix.isEmpty()
                            ? "There is no key slot whose id begins with '" + prefix + "'. 'key list' shows them."
                            : "Several key slots begin with " + prefix + ": " + String.join(", ", found) + ".");
        }
        String id = found.get(0);
        List<String> family = listing.sameOpener(id);
        for (Replica replica : destinations.reached()) {
            requireAnother(replica, id, family, key);
        }
        delete(key, family);
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
            delete(
                    key,
                    SlotListing.of(destinations.reached()).sameOpener(old.slot().id()));
            return id;
        }
    }

    private String put(Slot slot) throws IOException {
        List<String> done = new ArrayList<>();
        for (Replica replica : destinations.reached()) {
            try {
                KeySlots.put(replica.storage(), List.of(slot.encode()));
                done.add(replica.location());
            } catch (IOException e) {
                throw done.isEmpty()
                        ? e
                        : new IOException(
                                e.getMessage() + " The new key slot " + slot.id() + " is at " + String.join(", ", done)
                                        + " only; every other slot is as it was.",
                                e);
            }
        }
        return slot.id();
    }

    private void delete(RecoveryKey key, List<String> ids) throws IOException {
        Instant now = clock.instant();
        for (String id : ids) {
            boolean isReadable = !id.contains("/");
            byte[] record = isReadable ? RemovedSlots.sign(id, key, now) : new byte[0];
            for (Replica replica : destinations.reached()) {
                if (isReadable && replica.storage().size(Layout.removedSlot(id)).isEmpty()) {
                    replica.storage().put(Layout.removedSlot(id), new BytesPayload(record));
                }
            }
            for (Replica replica : destinations.reached()) {
                replica.storage().delete(isReadable ? Layout.slot(id) : id);
            }
        }
    }

    private static void requireAnother(Replica replica, String id, List<String> family, RecoveryKey key)
            throws IOException {
        List<Slot> intact = KeySlots.list(replica).stream()
                .flatMap(found -> found.slot().stream())
                .filter(slot -> slot.holds(key))
                .toList();
        boolean isHere = intact.stream().anyMatch(slot -> family.contains(slot.id()));
        boolean isAnother = intact.stream().anyMatch(slot -> !family.contains(slot.id()));
        if (isHere && !isAnother) {
            throw new RefusedException(id + " is the last intact key slot at " + replica.location()
                    + " that opens everything: without it nothing but a recovery key would open the repository. Add another"
                    + " one first, with 'key add'.");
        }
    }
}
