package io.jenkins.plugins.provenbackup.engine.backup;

import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotKind;
import io.jenkins.plugins.provenbackup.engine.repository.Totals;
import io.jenkins.plugins.provenbackup.engine.source.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a backup did.
 *
 * @param snapshot the new snapshot; empty for a dry run
 * @param sequence its number
 * @param kind what it became
 * @param parent what it was compared with
 * @param totals in numbers
 * @param destinations who has what
 * @param minCopies how many copies were asked for
 * @param problems the first of what was left out or found wrong, at most {@link #MOST_PROBLEMS}
 * @param problemCount of all
 * @param duration of the whole run
 */
public record BackupResult(
        Optional<SnapshotId> snapshot,
        long sequence,
        SnapshotKind kind,
        Optional<SnapshotId> parent,
        Totals totals,
        List<Destination> destinations,
        int minCopies,
        List<Problem> problems,
        long problemCount,
        Duration duration) {

    /** Problems that are kept word for word. */
    public static final int MOST_PROBLEMS = 1000;

    /** How a destination fared. */
    public enum State {
        /** Has the snapshot. */
        COMPLETE,
        /** Was reached, but lacks part of the snapshot; a later run catches it up. */
        LAGGING,
        /** Could not be reached. */
        UNREACHABLE
    }

    /**
     * One destination's share.
     *
     * @param location without credentials
     * @param state how it fared
     * @param uploaded bytes of archives and catalogs that this run stored there
     * @param reason why it is not complete; empty when it is
     * @param immutability whether the storage itself keeps the snapshot; empty where nobody asked for that
     */
    public record Destination(
            String location, State state, long uploaded, String reason, Optional<Immutability> immutability) {}

    /**
     * What became of a wish that the storage itself keeps the snapshot.
     *
     * @param until the date before which nobody can destroy it; empty when the storage refused
     * @param refusal what the storage said; empty when it did not refuse
     */
    public record Immutability(Optional<Instant> until, String refusal) {

        static Immutability until(Instant date) {
            return new Immutability(Optional.of(date), "");
        }

        static Immutability refused(String reason) {
            return new Immutability(Optional.empty(), reason);
        }
    }

    public BackupResult {
        destinations = List.copyOf(destinations);
        problems = List.copyOf(problems);
    }

    /** Whether a destination should keep the snapshot itself, and does not. */
    public boolean lacksImmutability() {
        return destinations.stream()
                .flatMap(one -> one.immutability().stream())
                .anyMatch(one -> one.until().isEmpty());
    }

    /** Destinations that have the snapshot. */
    public long copies() {
        return destinations.stream()
                .filter(one -> one.state() == State.COMPLETE)
                .count();
    }

    /** Whether nothing that was asked for is missing; copies beyond {@link #minCopies} may be. */
    public boolean fulfils() {
        boolean lacksCopies = snapshot.isPresent() && copies() < minCopies;
        return !totals.incomplete() && !lacksCopies && !lacksImmutability();
    }

    /** Whether something that was asked for is missing: entries, or copies. */
    public boolean isIncomplete() {
        return totals.incomplete()
                || (snapshot.isPresent()
                        && (copies() < minCopies
                                || destinations.stream().anyMatch(one -> one.state() != State.COMPLETE)));
    }
}
