package io.jenkins.plugins.provenbackup.engine.replicate;

import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import java.time.Duration;
import java.util.List;

/**
 * What was copied to one destination.
 *
 * @param location of the target
 * @param target whether it was there before
 * @param state how it ended
 * @param snapshots that exist there now and did not before; in a dry run, that would
 * @param present manifests that were there already
 * @param forgotten snapshots that were left out since they were forgotten on purpose
 * @param records names of the key slots, epochs and records that were copied; in a dry run, that would be
 * @param objects archives and catalog objects that were copied; in a dry run, that would be
 * @param bytes of these
 * @param left what could not be copied, and why
 * @param reason why it failed; empty otherwise
 * @param duration of all
 */
public record ReplicateResult(
        String location,
        Target.State target,
        State state,
        List<SnapshotId> snapshots,
        long present,
        long forgotten,
        List<String> records,
        long objects,
        long bytes,
        List<Left> left,
        String reason,
        Duration duration) {

    /** How it ended. */
    public enum State {
        /** The target has everything that was asked for. */
        COMPLETE,
        /** Something was left out; the target has the rest. */
        INCOMPLETE,
        /** The time was up; the next run goes on. */
        TIME_UP,
        /** A destination failed; the next run goes on. */
        FAILED
    }

    /**
     * Something that was left out.
     *
     * @param object its name
     * @param message what is wrong, for the user
     */
    public record Left(String object, String message) {}

    public ReplicateResult {
        snapshots = List.copyOf(snapshots);
        records = List.copyOf(records);
        left = List.copyOf(left);
    }
}
