package io.jenkins.plugins.provenbackup.engine.repository;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a recovery test found.
 *
 * @param snapshot that was restored
 * @param at when the test began, by the tester's clock
 * @param by who ran it, as user@host
 * @param from the destinations that were read, as the tester named them
 * @param files that came back
 * @param bytes of content that came back
 * @param restore how long the restore took, the measured recovery time
 * @param comparison how long it took to compare what was on the disk with the catalog
 * @param checks the user's own checks
 * @param errors entries that did not come back as they were, and checks that failed; 0 is a test that passed
 * @param problems the first of them, for people
 */
public record TestRecord(
        SnapshotId snapshot,
        Instant at,
        String by,
        List<String> from,
        long files,
        long bytes,
        Duration restore,
        Duration comparison,
        List<Check> checks,
        long errors,
        List<String> problems) {

    /**
     * A check of the user's own.
     *
     * @param name what was run
     * @param outcome whether it was content
     * @param duration how long it took
     */
    public record Check(String name, Outcome outcome, Duration duration) {}

    /** Whether a check was content. */
    public enum Outcome {
        PASSED,
        FAILED
    }

    public TestRecord {
        from = List.copyOf(from);
        checks = List.copyOf(checks);
        problems = List.copyOf(problems);
    }

    /** Whether everything came back and every check was content. */
    public boolean isPassed() {
        return errors == 0;
    }
}
