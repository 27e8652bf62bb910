package io.jenkins.plugins.provenbackup.engine.keys;

import io.jenkins.plugins.provenbackup.engine.crypto.SlotKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A key slot as seen over all destinations. Lists are made without a key, so whoever can write to a destination can make them
 * say anything.
 *
 * @param id 16 hexadecimal digits, or the object's name when it cannot be read
 * @param label what people know it by; empty when it cannot be read
 * @param kind what opens it; empty when it cannot be read
 * @param created when it was made
 * @param epoch the newest epoch of the key inside; 0 when it cannot be read
 * @param state what it is good for
 * @param locations the destinations that have it
 * @param problem why it cannot be read
 */
public record ListedSlot(
        String id,
        String label,
        Optional<SlotKind> kind,
        Optional<Instant> created,
        int epoch,
        State state,
        List<String> locations,
        Optional<String> problem) {

    /** What a slot is good for. */
    public enum State {
        /** Opens everything. */
        CURRENT,
        /** From before a rotation; the same opener has a newer one. */
        SUPERSEDED,
        /** From before a rotation that this opener has no part in: opens nothing newer. */
        OUTDATED,
        /** Of an epoch that has not begun: a rotation was cut off. */
        UNFINISHED,
        /** Was removed, but a destination still has it. */
        REMOVED,
        /** Cannot be read. */
        UNREADABLE
    }

    public ListedSlot {
        locations = List.copyOf(locations);
    }
}
