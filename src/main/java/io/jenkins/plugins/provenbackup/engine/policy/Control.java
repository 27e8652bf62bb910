package io.jenkins.plugins.provenbackup.engine.policy;

import java.util.Optional;

/**
 * One promise, and what became of it.
 *
 * @param kind which promise
 * @param subject the source or the destination that it is about; empty for all
 * @param objective what was promised
 * @param actual what was found
 * @param verdict whether that is enough
 * @param advice what to do; empty when there is nothing to do
 * @param measure the same as numbers, where it is one
 */
public record Control(
        Kind kind,
        Optional<String> subject,
        String objective,
        String actual,
        Verdict verdict,
        String advice,
        Optional<Measure> measure) {

    /** Which promise. */
    public enum Kind {
        /** The age of the newest recovery point. */
        RPO("recovery point (RPO)"),
        /** The measured time of a restore. */
        RTO("recovery time (RTO)"),
        /** The age and the result of the last recovery test. */
        RECOVERY_TEST("recovery test"),
        COPIES("copies"),
        MEDIA("media"),
        OFFSITE("offsite"),
        IMMUTABLE("immutable"),
        /** Errors in the last recovery test. */
        ERRORS("errors"),
        FULL_EVERY("full backup"),
        /** Files that the newest snapshot lacks. */
        UNREADABLE("whole source"),
        RETENTION("retention"),
        /** Snapshots that disappeared without a record. */
        REMOVED("nothing removed"),
        DRIFT("drift"),
        /** The destination answers. */
        REACHABLE("reachable");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** For people. */
        public String label() {
            return label;
        }
    }

    /** Whether a promise was kept. */
    public enum Verdict {
        MET,
        MISSED,
        /** Nobody can tell: a destination did not answer, or nothing was measured. */
        UNKNOWN
    }

    /** What is counted. */
    public enum Unit {
        SECONDS,
        COUNT
    }

    /**
     * A number to draw and to alert on.
     *
     * @param value what was found
     * @param limit what was promised
     * @param unit of both
     */
    public record Measure(long value, long limit, Unit unit) {}
}
