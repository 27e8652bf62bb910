package io.jenkins.plugins.provenbackup.engine;

import io.jenkins.plugins.provenbackup.engine.crypto.CryptoException;
import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import io.jenkins.plugins.provenbackup.engine.crypto.PersonalKey;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.Slot;
import io.jenkins.plugins.provenbackup.engine.crypto.SlotKind;
import io.jenkins.plugins.provenbackup.engine.crypto.WrongPassphraseException;
import io.jenkins.plugins.provenbackup.engine.repository.EpochDocuments;
import io.jenkins.plugins.provenbackup.engine.repository.KeySlots;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Opens the recovery key out of the key slots of all destinations. After a rotation an opener has a slot of each epoch: the
 * newest that a destination publishes counts, since a rotation that was cut off leaves slots of an epoch that never began.
 */
final class Unlocking {

    private static final String WAYS_WITHOUT_SLOTS =
            " Name another destination too ('verify --repair' copies its keys/ here), or open the repository with a recovery"
                    + " key (--key-file, or --paper with the whole form) and make a new slot with 'key add'.";

    private final List<Replica> replicas;
    private final Map<String, List<Slot>> byOpener = new LinkedHashMap<>();
    private Optional<CryptoException> damage = Optional.empty();

    private Unlocking(List<Replica> replicas) {
        this.replicas = replicas;
    }

    /**
     * Reads the slots of all destinations.
     *
     * @throws StorageException when no destination could be asked
     */
    static Unlocking of(List<Replica> replicas) throws IOException {
        Unlocking unlocking = new Unlocking(replicas);
        StorageException unreadable = null;
        for (Replica replica : replicas) {
            try {
                KeySlots.list(replica).forEach(unlocking::add);
            } catch (StorageException e) {
                unreadable = e;
            }
        }
        if (unlocking.byOpener.isEmpty() && unlocking.damage.isEmpty() && unreadable != null) {
            throw unreadable;
        }
        return unlocking;
    }

    private void add(KeySlots.Found found) {
        if (found.slot().isEmpty()) {
            damage = found.problem();
            return;
        }
        Slot slot = found.slot().get();
        List<Slot> known = byOpener.computeIfAbsent(slot.opener(), opener -> new ArrayList<>());
        if (known.stream().noneMatch(other -> Arrays.equals(other.encode(), slot.encode()))) {
            known.add(slot);
        }
    }

    /** Those who have a slot of the newest epoch first. */
    private List<List<Slot>> openers() {
        Comparator<Slot> newestFirst = Comparator.comparingInt(Slot::epoch).reversed();
        List<List<Slot>> openers = new ArrayList<>();
        for (List<Slot> slots : byOpener.values()) {
            openers.add(slots.stream().sorted(newestFirst).toList());
        }
        openers.sort(Comparator.comparing(slots -> slots.get(0), newestFirst));
        return openers;
    }

    Destinations.Unlocked with(char[] passphrase) throws IOException {
        CryptoException failure = byOpener.isEmpty()
                ? noSlot()
                : new WrongPassphraseException(
                        "No key slot at " + replicas.get(0).location()
                                + " is opened by a passphrase. Use --key-file or --paper; 'key list' shows what there is.");
        boolean isWrong = false;
        for (List<Slot> slots : openers()) {
            List<Slot> tried = new ArrayList<>();
            for (Slot slot : slots) {
                if (slot.kind() != SlotKind.PASSPHRASE || tried.stream().anyMatch(slot::hasLockOf)) {
                    continue;
                }
                tried.add(slot);
                try (PersonalKey own = slot.unlock(passphrase, replicas.get(0).id())) {
                    return open(slots, own);
                } catch (DamagedException e) {
                    damage = Optional.of(e);
                } catch (WrongPassphraseException e) {
                    failure = e;
                    isWrong = true;
                } catch (CryptoException e) {
                    failure = isWrong ? failure : e;
                }
            }
        }
        throw damage.orElse(failure);
    }

    Destinations.Unlocked with(PersonalKey own) throws IOException {
        for (List<Slot> slots : openers()) {
            if (slots.get(0).isFor(own)) {
                return open(slots, own);
            }
        }
        throw damage.orElse(
                byOpener.isEmpty()
                        ? noSlot()
                        : new WrongPassphraseException(
                                "No key slot at "
                                        + replicas.get(0).location() + " is for the key of '" + own.label()
                                        + "'. 'key list' shows which there are; who can open the repository makes one with 'key add'."));
    }

    private CryptoException noSlot() {
        return new DamagedException("There is no key slot at " + replicas.get(0).location()
                + ": its keys/ folder is empty." + WAYS_WITHOUT_SLOTS);
    }

    private Destinations.Unlocked open(List<Slot> newestFirst, PersonalKey own) throws IOException {
        boolean isOneEpoch = newestFirst.get(0).epoch()
                == newestFirst.get(newestFirst.size() - 1).epoch();
        Destinations.Unlocked spare = null;
        CryptoException failure = null;
        for (Slot slot : newestFirst) {
            RecoveryKey key;
            try {
                key = slot.open(own, replicas.get(0).id());
            } catch (CryptoException e) {
                failure = e;
                continue;
            }
            if (isOneEpoch || isPublished(key)) {
                if (spare != null) {
                    spare.key().close();
                }
                return new Destinations.Unlocked(slot, key);
            }
            if (spare == null) {
                spare = new Destinations.Unlocked(slot, key);
            } else {
                key.close();
            }
        }
        if (spare == null) {
            throw failure;
        }
        return spare;
    }

    private boolean isPublished(RecoveryKey key) throws IOException {
        for (Replica replica : replicas) {
            try {
                if (EpochDocuments.isPublished(replica, key)) {
                    return true;
                }
            } catch (StorageException e) {
                // Another destination may tell; that this one fails is told by whatever is done with it.
            }
        }
        return false;
    }
}
