package io.jenkins.plugins.provenbackup.engine.alerts;

import java.time.Instant;
import java.util.Locale;

/**
 * Something that somebody must be told of.
 *
 * @param policy that it is about
 * @param kind of it
 * @param subject the promise, the source or the destination, as {@code rpo/shop-db}, {@code shop-db} or {@code nas}; may be empty
 * @param text what was found, in a sentence
 * @param advice what to do; may be empty
 * @param since when it was raised
 */
public record Alert(String policy, Kind kind, String subject, String text, String advice, Instant since) {

    /** What is the matter. */
    public enum Kind {
        /** A promise is broken. */
        OBJECTIVE_MISSED("Objective missed"),
        /** A destination has not answered for a day. */
        DESTINATION_SILENT("Destination does not answer"),
        /** The newest recovery test found errors. */
        RECOVERY_TEST_FAILED("Recovery test failed"),
        /** A snapshot is gone, and nobody said <i>forget</i>. */
        SNAPSHOT_REMOVED("Snapshot removed"),
        /** A destination holds less than it did, and no prune explains it. */
        REPOSITORY_SHRANK("Repository shrank"),
        /** Many files changed at once, into what does not compress: the mark of ransomware. */
        SUSPICIOUS_CHANGE("Suspicious change"),
        /** Nobody could look. */
        NOT_EVALUATED("Policy cannot be checked");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** For people. */
        public String label() {
            return label;
        }

        /** For programs: {@code objective-missed}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Which alert of its policy, the same as long as it lasts. */
    public String key() {
        return kind.word() + (subject.isEmpty() ? "" : " " + subject);
    }

    /** In a line: {@code Objective missed: rpo/shop-db}. */
    public String title() {
        return kind.label() + (subject.isEmpty() ? "" : ": " + subject);
    }

    /** The same alert, that goes on. */
    Alert since(Instant time) {
        return new Alert(policy, kind, subject, text, advice, time);
    }
}
