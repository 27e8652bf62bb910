package io.jenkins.plugins.provenbackup.engine.alerts;

import io.jenkins.plugins.provenbackup.engine.compliance.Observe;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is remembered of a policy from one look to the next. Immutable.
 *
 * @param open alerts that were raised and are not over
 * @param places by name of the destination
 * @param recorded by name of the destination: ids of the snapshots that were seen there and not forgotten, with their sources
 * @param accepted ids of snapshots whose removal or change somebody has seen and takes as it is
 * @param failing since when nobody could look; empty when the last look went well
 */
public record Memory(
        List<Alert> open,
        Map<String, Place> places,
        Map<String, Map<String, String>> recorded,
        Set<String> accepted,
        Optional<Instant> failing) {

    /**
     * A destination.
     *
     * @param answered when it last did; when it was first asked, if it never did
     * @param bytes that it held then
     * @param condemned of these, bytes that a prune was about to delete
     * @param missing bytes that are gone and that nothing explains
     */
    public record Place(Instant answered, long bytes, long condemned, long missing) {}

    /** Nobody looked yet. */
    public static final Memory NONE = new Memory(List.of(), Map.of(), Map.of(), Set.of(), Optional.empty());

    public Memory {
        open = List.copyOf(open);
        places = Collections.unmodifiableMap(new TreeMap<>(places));
        Map<String, Map<String, String>> copy = new TreeMap<>();
        recorded.forEach((place, ids) -> copy.put(place, Collections.unmodifiableMap(new TreeMap<>(ids))));
        recorded = Collections.unmodifiableMap(copy);
        accepted = Collections.unmodifiableSet(new TreeSet<>(accepted));
    }

    /** What the next look compares with. */
    public Observe.Recorded seen() {
        return new Observe.Recorded(recorded);
    }

    /** The alert of that key, if it is open. */
    public Optional<Alert> open(String key) {
        return open.stream().filter(one -> one.key().equals(key)).findFirst();
    }
}
