package io.jenkins.plugins.provenbackup.engine.restore;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.target.Limitation;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a restore did, or for a dry run would do.
 *
 * @param snapshot what was restored
 * @param files files written
 * @param directories directories made
 * @param symlinks symbolic links made
 * @param hardLinks files that became links of others
 * @param bytes content written, holes included
 * @param kept entries that were as they should be, or protected
 * @param updated entries whose metadata alone was corrected
 * @param deleted entries deleted since the snapshot does not have them
 * @param limitations what could not be restored exactly, counted by kind
 * @param failures the first entries that could not be restored, and why
 * @param failureCount all of them
 * @param failovers archives that a destination did not give intact
 * @param duration of the whole restore
 */
public record RestoreResult(
        SnapshotId snapshot,
        long files,
        long directories,
        long symlinks,
        long hardLinks,
        long bytes,
        long kept,
        long updated,
        long deleted,
        Map<Limitation, Long> limitations,
        List<Failure> failures,
        long failureCount,
        List<String> failovers,
        Duration duration) {

    /**
     * An entry that could not be restored.
     *
     * @param path as seen from the target
     */
    public record Failure(EntryPath path, String reason) {
        @Override
        public String toString() {
            return "'" + path + "': " + reason;
        }
    }

    public RestoreResult {
        limitations = Map.copyOf(limitations);
        failures = List.copyOf(failures);
        failovers = List.copyOf(failovers);
    }

    /** The failures in words. */
    public List<String> failureTexts() {
        return failures.stream().map(Failure::toString).toList();
    }

    /** Whether something that was asked for is not there. */
    public boolean isIncomplete() {
        return failureCount > 0;
    }
}
