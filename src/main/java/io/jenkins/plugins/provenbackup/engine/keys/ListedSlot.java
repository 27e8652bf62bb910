package io.jenkins.plugins.provenbackup.engine.keys;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A key slot as seen over all destinations.
 *
 * @param id 16 hexadecimal digits, or the object's name when it cannot be read
 * @param label what people know it by; empty when it cannot be read
 * @param created when it was made
 * @param epoch the newest epoch of the key inside; 0 when it cannot be read
 * @param locations the destinations that have it
 * @param problem why it cannot be read
 */
public record ListedSlot(
        String id,
        String label,
        Optional<Instant> created,
        int epoch,
        List<String> locations,
        Optional<String> problem) {
    public ListedSlot {
        locations = List.copyOf(locations);
    }
}
