package io.jenkins.plugins.provenbackup.engine.keys;

import io.jenkins.plugins.provenbackup.engine.crypto.Slot;
import io.jenkins.plugins.provenbackup.engine.repository.EpochDocuments;
import io.jenkins.plugins.provenbackup.engine.repository.KeySlots;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lists the key slots of several destinations without a key. For one thread. */
final class SlotListing {

    private final Map<String, List<String>> locations = new LinkedHashMap<>();
    private final Map<String, KeySlots.Found> found = new LinkedHashMap<>();
    private final Set<String> removed = new HashSet<>();
    private int epoch = 1;

    static SlotListing of(List<Replica> replicas) throws IOException {
        SlotListing listing = new SlotListing();
        for (Replica replica : replicas) {
            for (KeySlots.Found one : KeySlots.list(replica)) {
                String id = one.slot().map(Slot::id).orElse(one.object());
                listing.found.putIfAbsent(id, one);
                listing.locations.computeIfAbsent(id, key -> new ArrayList<>()).add(replica.location());
            }
            listing.removed.addAll(KeySlots.removed(replica));
            listing.epoch = Math.max(
                    listing.epoch, EpochDocuments.highestNumber(replica).orElse(1));
        }
        return listing;
    }

    /** All, oldest first. */
    List<ListedSlot> slots() {
        List<ListedSlot> slots = new ArrayList<>();
        found.forEach((id, one) -> slots.add(new ListedSlot(
                id,
                one.slot().map(Slot::label).orElse(""),
                one.slot().map(Slot::kind),
                one.slot().map(Slot::created),
                one.slot().map(Slot::epoch).orElse(0),
                one.slot().map(this::state).orElse(ListedSlot.State.UNREADABLE),
                locations.get(id),
                one.problem().map(Exception::getMessage))));
        return slots;
    }

    private ListedSlot.State state(Slot slot) {
        if (removed.contains(slot.id())) {
            return ListedSlot.State.REMOVED;
        } else if (slot.epoch() > epoch) {
            return ListedSlot.State.UNFINISHED;
        } else if (slot.epoch() == epoch) {
            return ListedSlot.State.CURRENT;
        }
        boolean hasNewer = sameOpener(slot.id()).stream()
                .anyMatch(id -> found.get(id).slot().orElseThrow().epoch() == epoch);
        return hasNewer ? ListedSlot.State.SUPERSEDED : ListedSlot.State.OUTDATED;
    }

    /** The slots that open with the same secret, this one among them. */
    List<String> sameOpener(String id) {
        KeySlots.Found one = found.get(id);
        if (one == null || one.slot().isEmpty()) {
            return List.of(id);
        }
        String opener = one.slot().get().opener();
        return found.entrySet().stream()
                .filter(entry -> entry.getValue().slot().isPresent()
                        && entry.getValue().slot().get().opener().equals(opener))
                .map(Map.Entry::getKey)
                .toList();
    }
}
