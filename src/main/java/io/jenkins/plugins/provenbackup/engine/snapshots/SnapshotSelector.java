package io.jenkins.plugins.provenbackup.engine.snapshots;

import io.jenkins.plugins.provenbackup.engine.RefusedException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Which snapshot a person means: {@code latest}, {@code latest:SOURCE} or the beginning of an id. Latest is the highest
 * sequence of a source, never the highest clock.
 */
public sealed interface SnapshotSelector {

    /** The newest of the only source. */
    record Latest() implements SnapshotSelector {
        @Override
        public String toString() {
            return LATEST;
        }
    }

    /** The newest of a source. */
    record LatestOf(String source) implements SnapshotSelector {
        @Override
        public String toString() {
            return LATEST + ":" + source;
        }
    }

    /** The one whose id begins so. */
    record Prefix(String hex) implements SnapshotSelector {
        @Override
        public String toString() {
            return hex;
        }
    }

    /** The word for the newest. */
    String LATEST = "latest";

    /** Shortest prefix that is taken. */
    int SHORTEST = 4;

    /**
     * Understands a person.
     *
     * @throws RefusedException when it is none of the three forms
     */
    static SnapshotSelector parse(String text) throws RefusedException {
        if (text.equals(LATEST)) {
            return new Latest();
        }
        if (text.startsWith(LATEST + ":") && text.length() > LATEST.length() + 1) {
            return new LatestOf(text.substring(LATEST.length() + 1));
        }
        String hex = text.toLowerCase(Locale.ROOT);
        if (!hex.matches("[0-9a-f]{" + SHORTEST + ",64}")) {
            throw new RefusedException(
                    "'" + text + "' names no snapshot: give latest, latest:SOURCE or at least the first " + SHORTEST
                            + " digits of an id, as 'snapshots' shows them.");
        }
        return new Prefix(hex);
    }

    /**
     * The snapshot that is meant.
     *
     * @throws RefusedException when there is none, or more than one; the message names the candidates
     */
    default Snapshot in(SnapshotList list) throws RefusedException {
        if (list.snapshots().isEmpty()) {
            throw new RefusedException("There is no snapshot at "
                    + list.replicas().stream().map(one -> one.location()).collect(Collectors.joining(", "))
                    + " that this key opens. Make one with 'backup'." + refused(list));
        }
        if (this instanceof Prefix prefix) {
            return one(prefix.hex(), list);
        }
        List<String> sources = this instanceof LatestOf one ? List.of(one.source()) : list.sources();
        if (sources.size() > 1) {
            throw new RefusedException("There are snapshots of " + sources.size() + " sources; say which: "
                    + sources.stream()
                            .limit(10)
                            .map(name -> LATEST + ":" + name)
                            .collect(Collectors.joining(", "))
                    + (sources.size() > 10 ? ", ..." : "") + ".");
        }
        List<Snapshot> candidates = list.of(sources.get(0));
        if (candidates.isEmpty()) {
            throw new RefusedException("There is no snapshot of the source '" + sources.get(0) + "'. Sources are: "
                    + String.join(", ", list.sources()) + ".");
        }
        return candidates.get(candidates.size() - 1);
    }

    /** Names what looks like a snapshot and is none. */
    private static String refused(SnapshotList list) {
        return list.broken().stream()
                .map(one -> " Refused: " + one.problem())
                .distinct()
                .limit(3)
                .collect(Collectors.joining());
    }

    private static Snapshot one(String prefix, SnapshotList list) throws RefusedException {
        List<Snapshot> found = list.snapshots().stream()
                .filter(snapshot -> snapshot.id().hex().startsWith(prefix))
                .toList();
        if (found.isEmpty()) {
            throw new RefusedException("There is no snapshot whose id begins with " + prefix
                    + ". 'snapshots' lists them." + refused(list));
        }
        if (found.size() > 1) {
            throw new RefusedException("Several snapshots begin with " + prefix + "; give more digits: "
                    + found.stream()
                            .limit(10)
                            .map(snapshot -> snapshot.id().hex().substring(0, 16))
                            .collect(Collectors.joining(", "))
                    + ".");
        }
        return found.get(0);
    }
}
