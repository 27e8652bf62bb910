package io.jenkins.plugins.provenbackup.engine.recovery;

import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.target.Limitation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a real restore and the comparison of what was then on the disk found.
 *
 * @param outcome whether there is a tree at all
 * @param snapshot that was restored
 * @param start when it began
 * @param from locations that could be read
 * @param files that came back, hard links included
 * @param bytes of content that came back
 * @param restore how long the restore took, the measured recovery time
 * @param comparison how long the comparison took; zero when there was none, since the restore failed
 * @param errors entries that did not come back as they were
 * @param problems the first of them, for people
 * @param limitations what could not be restored exactly here, counted by kind; no errors of the backup
 * @param failovers archives that a destination did not give intact, though another did
 */
public record Proof(
        Outcome outcome,
        SnapshotId snapshot,
        Instant start,
        List<String> from,
        long files,
        long bytes,
        Duration restore,
        Duration comparison,
        long errors,
        List<String> problems,
        Map<Limitation, Long> limitations,
        List<String> failovers) {

    /** How the restore ended. */
    public enum Outcome {
        /** There is a tree, whole or not. */
        RESTORED,
        /** The restore could not go on, so there is nothing to try. */
        FAILED
    }

    public Proof {
        from = List.copyOf(from);
        problems = List.copyOf(problems);
        limitations = Map.copyOf(limitations);
        failovers = List.copyOf(failovers);
    }
}
