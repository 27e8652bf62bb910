package io.jenkins.plugins.provenbackup.engine.repository;

import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.BadSignatureException;
import io.jenkins.plugins.provenbackup.engine.crypto.CryptoException;
import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import io.jenkins.plugins.provenbackup.engine.crypto.Slot;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StoredObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The key slots, records of removed ones and epoch documents of several destinations, as far as the owner of the key made them:
 * what every destination should have. For one thread.
 */
public final class KeyObjects {

    private final AccessKey key;
    private final Map<Replica, Map<String, byte[]>> intact = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Slot> slots = new TreeMap<>();
    private final Set<String> removed = new HashSet<>();
    private final TreeMap<Integer, byte[]> epochKeys = new TreeMap<>();
    private final Map<String, byte[]> contents = new LinkedHashMap<>();

    /**
     * An object that cannot be used.
     *
     * @param replica where
     * @param object its name
     * @param reason why not
     */
    public record Problem(Replica replica, String object, CryptoException reason) {}

    private KeyObjects(AccessKey key) {
        this.key = key;
    }

    /**
     * Reads and checks them all.
     *
     * @throws StorageException when a destination cannot be read
     */
    public static KeyObjects load(List<Replica> replicas, AccessKey key) throws IOException {
        KeyObjects objects = new KeyObjects(key);
        for (Replica replica : replicas) {
            objects.intact.put(replica, new LinkedHashMap<>());
            objects.loadKeys(replica);
            objects.loadEpochs(replica);
        }
        return objects;
    }

    private void loadKeys(Replica replica) throws IOException {
        for (StoredObject object : replica.storage().list(Layout.KEYS)) {
            String name = object.name();
            try {
                byte[] content = replica.readDocument(name);
                if (RemovedSlots.slotOf(name).isPresent()) {
                    String slot = RemovedSlots.slotOf(name).get();
                    if (RemovedSlots.isAuthentic(content, slot, key)) {
                        removed.add(slot);
                        add(replica, name, content);
                    }
                } else if (KeySlots.isSlot(name)) {
                    Slot slot = Slot.parse(content, replica.name(name));
                    slot.requireSignature(key);
                    if (!name.equals(Layout.slot(slot.id()))) {
                        throw new DamagedException(replica.name(name) + " holds key slot " + slot.id()
                                + ", which belongs under another name. Remove this file.");
                    }
                    slots.putIfAbsent(slot.id(), slot);
                    add(replica, name, content);
                }
            } catch (StorageException.Missing e) {
                // Removed by somebody else since the listing.
            } catch (CryptoException e) {
                problems.add(new Problem(replica, name, e));
            }
        }
    }

    private void loadEpochs(Replica replica) throws IOException {
        for (Map.Entry<Integer, String> one : EpochDocuments.list(replica).entrySet()) {
            String name = one.getValue();
            try {
                byte[] content = replica.readDocument(name);
                byte[] published = EpochDocuments.publicKey(content, one.getKey(), key, replica.name(name));
                byte[] known = epochKeys.putIfAbsent(one.getKey(), published);
                if (known != null && !Arrays.equals(known, published)) {
                    throw new DamagedException(replica.name(name) + " is of another rotation than that of the other"
                            + " destinations: two were run at the same time. Take this destination out of use.");
                }
                add(replica, name, content);
            } catch (StorageException.Missing e) {
                // Removed by somebody else since the listing.
            } catch (CryptoException e) {
                problems.add(new Problem(replica, name, e));
            }
        }
    }

    private void add(Replica replica, String name, byte[] content) {
        byte[] known = contents.putIfAbsent(name, content);
        if (known == null || Arrays.equals(known, content)) {
            intact.get(replica).put(name, content);
        }
    }

    /** What cannot be used, destination by destination. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** The newest epoch that a destination publishes; 0 when none does. */
    public int newestEpoch() {
        return epochKeys.isEmpty() ? 0 : epochKeys.lastKey();
    }

    /** Slots that were not removed, and whose epoch has begun. */
    public List<Slot> slots() {
        return slots.values().stream().filter(this::isInUse).toList();
    }

    private boolean isInUse(Slot slot) {
        byte[] published = epochKeys.get(slot.epoch());
        return published != null
                && !removed.contains(slot.id())
                && ObjectHash.ofContent(published).toString().equals(slot.epochKey());
    }

    /** Adds an object that every destination shall have: a new slot, or the document of its epoch. */
    public void add(Slot slot) {
        slots.put(slot.id(), slot);
        contents.put(Layout.slot(slot.id()), slot.encode());
    }

    /** Adds the document of an epoch, which thereby begins. */
    public void addEpoch(int epoch, byte[] document) throws IOException {
        String name = Layout.epoch(epoch);
        epochKeys.put(epoch, EpochDocuments.publicKey(document, epoch, key, name));
        contents.put(name, document);
    }

    /** What a destination lacks, in the order in which it is put: an epoch begins when all slots are there. */
    public List<String> missing(Replica replica) {
        Map<String, byte[]> here = intact.get(replica);
        List<String> missing = new ArrayList<>();
        contents.keySet().stream()
                .filter(name ->
                        !here.containsKey(name) && RemovedSlots.slotOf(name).isPresent())
                .forEach(missing::add);
        for (Slot slot : slots()) {
            if (!here.containsKey(Layout.slot(slot.id()))) {
                missing.add(Layout.slot(slot.id()));
            }
        }
        for (int epoch : epochKeys.keySet()) {
            if (!here.containsKey(Layout.epoch(epoch))) {
                missing.add(Layout.epoch(epoch));
            }
        }
        return missing;
    }

    /** Puts what a destination lacks; what lies there damaged under that name is replaced. */
    public void put(Replica replica, String name) throws IOException {
        byte[] content = contents.get(name);
        try {
            replica.storage().put(name, new BytesPayload(content));
        } catch (StorageException.Conflict e) {
            boolean isDamaged = problems.stream()
                    .anyMatch(problem -> problem.replica() == replica
                            && problem.object().equals(name)
                            && isWorthless(problem.reason()));
            if (!isDamaged) {
                throw e;
            }
            replica.storage().delete(name);
            replica.storage().put(name, new BytesPayload(content));
        }
        intact.get(replica).put(name, content);
    }

    private static boolean isWorthless(CryptoException reason) {
        return reason instanceof DamagedException || reason instanceof BadSignatureException;
    }
}
