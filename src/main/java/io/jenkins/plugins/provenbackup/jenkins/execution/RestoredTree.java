package io.jenkins.plugins.provenbackup.jenkins.execution;

import io.jenkins.plugins.provenbackup.engine.recovery.Proof;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.target.Limitation;
import io.jenkins.plugins.provenbackup.jenkins.results.RunTimes;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What restoring and comparing found, kept with the build while the step's body runs. Holds no secret. Immutable. */
public final class RestoredTree implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String scratch;
    private final String recoveryPoint;
    private final RunTimes times;
    private final Proof.Outcome outcome;
    private final String snapshot;
    private final String start;
    private final ArrayList<String> from;
    private final long files;
    private final long bytes;
    private final long restoreNanos;
    private final long comparisonNanos;
    private final long errors;
    private final ArrayList<String> problems;
    private final EnumMap<Limitation, Long> limitations;
    private final ArrayList<String> failovers;

    RestoredTree(String scratch, Proof proof, RunTimes times) {
        this(scratch, proof, times, proof.start());
    }

    private RestoredTree(String scratch, Proof proof, RunTimes times, Instant recoveryPoint) {
        this.recoveryPoint = recoveryPoint.toString();
        this.scratch = scratch;
        this.times = times;
        this.outcome = proof.outcome();
        this.snapshot = proof.snapshot().hex();
        this.start = proof.start().toString();
        this.from = new ArrayList<>(proof.from());
        this.files = proof.files();
        this.bytes = proof.bytes();
        this.restoreNanos = proof.restore().toNanos();
        this.comparisonNanos = proof.comparison().toNanos();
        this.errors = proof.errors();
        this.problems = new ArrayList<>(proof.problems());
        this.limitations = new EnumMap<>(Limitation.class);
        this.limitations.putAll(proof.limitations());
        this.failovers = new ArrayList<>(proof.failovers());
    }

    /**
     * Of a restore that could not even begin.
     *
     * @param from locations that it was to be read from
     * @param problem why, in a sentence
     */
    static RestoredTree none(String snapshot, Instant start, List<String> from, String problem) {
        Proof proof = new Proof(
                Proof.Outcome.FAILED,
                new SnapshotId(snapshot),
                start,
                from,
                0,
                0,
                Duration.ZERO,
                Duration.ZERO,
                1,
                List.of(problem),
                Map.of(),
                List.of());
        return new RestoredTree("", proof, new RunTimes(start.toEpochMilli(), Map.of()));
    }

    /** The directory to delete afterwards, on the machine where it is. */
    public String scratch() {
        return scratch;
    }

    /** The restored tree, on the machine where it is. */
    public String tree() {
        return scratch + "/tree";
    }

    /** Whether there is a tree to try. */
    public boolean isThere() {
        return outcome == Proof.Outcome.RESTORED;
    }

    /** The snapshot's id. */
    public String snapshot() {
        return snapshot;
    }

    /** The same, with what the controller knows. */
    RestoredTree withRecoveryPoint(Instant taken) {
        return new RestoredTree(scratch, proof(), times, taken);
    }

    /** When the newest snapshot of the source was taken that counts. */
    Instant recoveryPoint() {
        return Instant.parse(recoveryPoint);
    }

    RunTimes times() {
        return times;
    }

    Instant start() {
        return Instant.parse(start);
    }

    Proof proof() {
        return new Proof(
                outcome,
                new SnapshotId(snapshot),
                start(),
                from,
                files,
                bytes,
                Duration.ofNanos(restoreNanos),
                Duration.ofNanos(comparisonNanos),
                errors,
                problems,
                Map.copyOf(limitations),
                failovers);
    }
}
