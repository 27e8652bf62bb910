package io.jenkins.plugins.provenbackup.engine.copy;

import io.jenkins.plugins.provenbackup.engine.backup.BackupResult;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import java.util.List;
import java.util.Optional;

/**
 * How each snapshot fared.
 *
 * @param snapshots in the order of the request
 */
public record CopyResult(List<One> snapshots) {

    /** How one fared. */
    public enum State {
        COPIED,
        /** A copy of it is there, or it came from there. */
        PRESENT,
        /** A copy of it was there and was forgotten on purpose. */
        FORGOTTEN,
        /** It cannot be read whole. */
        FAILED
    }

    /**
     * One snapshot.
     *
     * @param original what was to be copied
     * @param state how it fared
     * @param copy what became of it, when it was copied
     * @param reason why it failed; empty otherwise
     */
    public record One(Manifest original, State state, Optional<BackupResult> copy, String reason) {}

    public CopyResult {
        snapshots = List.copyOf(snapshots);
    }

    /** How many fared so. */
    public long count(State state) {
        return snapshots.stream().filter(one -> one.state() == state).count();
    }
}
