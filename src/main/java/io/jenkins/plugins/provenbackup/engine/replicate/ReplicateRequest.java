package io.jenkins.plugins.provenbackup.engine.replicate;

import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What to copy, from where and to where.
 *
 * @param from opened, at least one; each object comes from the first that has it intact
 * @param target where to
 * @param key when given, only what it proves to be authentic is copied; without one, what is intact
 * @param selection which snapshots
 * @param records which of the small objects go with them
 * @param mode whether anything is written
 * @param limit after so long no further object is begun
 */
public record ReplicateRequest(
        List<Replica> from,
        Target target,
        Optional<AccessKey> key,
        Selection selection,
        Records records,
        Mode mode,
        Optional<Duration> limit) {

    /** Which of the small objects are copied. */
    public enum Records {
        /** Key slots, epochs, and the records of removals, holds and tests. */
        ALL,
        NONE
    }

    /** Whether anything is written. */
    public enum Mode {
        WRITE,
        DRY_RUN
    }

    public ReplicateRequest {
        from = List.copyOf(from);
        if (from.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to copy from");
        }
        if (target.replica().isEmpty() && mode == Mode.WRITE) {
            throw new IllegalArgumentException("only a dry run does without a target");
        }
    }

    /** Everything, without a key. */
    public static ReplicateRequest all(List<Replica> from, Target target, Mode mode) {
        return new ReplicateRequest(from, target, Optional.empty(), Selection.ALL, Records.ALL, mode, Optional.empty());
    }
}
