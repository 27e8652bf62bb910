package io.jenkins.plugins.provenbackup.engine.target;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import java.util.EnumMap;
import java.util.Map;

/** Counts limits by kind and remembers the first entry of each, for one line of a summary each. Thread-safe. */
public final class LimitationCounts implements LimitationListener {

    private final Map<Limitation, Tally> tallies = new EnumMap<>(Limitation.class);

    /**
     * How often a limit was met.
     *
     * @param count entries, at least 1
     * @param first the entry that met it first
     */
    public record Tally(long count, EntryPath first) {}

    @Override
    public synchronized void limited(EntryPath path, Limitation limitation) {
        tallies.merge(limitation, new Tally(1, path), (old, one) -> new Tally(old.count() + 1, old.first()));
    }

    /** What was met so far; a copy. */
    public synchronized Map<Limitation, Tally> tallies() {
        return new EnumMap<>(tallies);
    }
}
