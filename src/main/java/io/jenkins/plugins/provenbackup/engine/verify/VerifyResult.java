package io.jenkins.plugins.provenbackup.engine.verify;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a verification found.
 *
 * @param level how thorough it was
 * @param destinations one for each destination
 * @param findings what is wrong, destination by destination
 * @param duration of the whole verification
 */
public record VerifyResult(
        VerifyRequest.Level level, List<Destination> destinations, List<Finding> findings, Duration duration) {

    /**
     * What was looked at.
     *
     * @param location the destination
     * @param snapshots verified
     * @param archives named by them
     * @param archivesRead of these, how many were read as a whole
     * @param catalogs catalog objects read
     * @param filesChecked files whose content was decrypted and compared
     * @param bytesRead bytes read from the destination, or for content the plain bytes compared
     */
    public record Destination(
            String location,
            long snapshots,
            long archives,
            long archivesRead,
            long catalogs,
            long filesChecked,
            long bytesRead) {}

    /** What a finding means. */
    public enum Kind {
        /** Something that a snapshot names is not there. */
        MISSING,
        /** Something is there with other content than its name says, or cannot be opened. */
        DAMAGED,
        /** A snapshot disappeared without a record of who removed it. */
        REMOVED,
        /** No destination that was given has something intact, so a snapshot cannot be restored whole. */
        LOST,
        /** Another destination has a snapshot or record that this one lacks. */
        LAGGING,
        /** A young manifest that is not whole: an upload that is going on, or was cut off a moment ago. */
        IN_PROGRESS,
        /** A storage that keeps versions has several of an object, though each is written once. */
        OVERWRITTEN
    }

    /** Whether a finding was mended. */
    public enum Mended {
        NO,
        YES
    }

    /**
     * Something wrong.
     *
     * @param location the destination
     * @param object the object's name there
     * @param kind what it means
     * @param message one sentence for the user
     * @param mended whether it was repaired
     */
    public record Finding(String location, String object, Kind kind, String message, Mended mended) {

        /** Whether data is at risk now. */
        public boolean isDamage() {
            return mended == Mended.NO
                    && (kind == Kind.MISSING || kind == Kind.DAMAGED || kind == Kind.REMOVED || kind == Kind.LOST);
        }
    }

    public VerifyResult {
        destinations = List.copyOf(destinations);
        findings = List.copyOf(findings);
    }

    /** The same with what was found before. */
    public VerifyResult with(List<Finding> before) {
        List<Finding> all = new ArrayList<>(before);
        all.addAll(findings);
        return new VerifyResult(level, destinations, all, duration);
    }

    /** Whether anything is damaged and was not mended. */
    public boolean isDamaged() {
        return findings.stream().anyMatch(Finding::isDamage);
    }
}
