package io.jenkins.plugins.provenbackup.engine.mirror;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a mirror run did, or for a dry run would do.
 *
 * @param target where the mirror is
 * @param written files whose content was transferred
 * @param bytes of these
 * @param unchanged files that were as they should be
 * @param adjusted entries whose metadata alone was corrected
 * @param directories made
 * @param links symbolic and hard links made
 * @param deleted entries deleted
 * @param extra entries that the mirror has, the source has not, and nobody asked to delete
 * @param withheld entries that were to be deleted, but were more than may be
 * @param kept entries that are not in the source as it was read, but may be in the source: unreadable or left out there
 * @param losses what this destination does not keep, with how often
 * @param problems the first things that could not be read, or were left out of the source
 * @param problemCount all of them
 * @param incompleteCount of these, those that the mirror lacks
 * @param failures the first entries that could not be mirrored, and why
 * @param failureCount all of them
 * @param notices what the user should know
 * @param duration of the run
 */
public record MirrorResult(
        String target,
        long written,
        long bytes,
        long unchanged,
        long adjusted,
        long directories,
        long links,
        long deleted,
        long extra,
        long withheld,
        long kept,
        Map<String, Long> losses,
        List<String> problems,
        long problemCount,
        long incompleteCount,
        List<String> failures,
        long failureCount,
        List<String> notices,
        Duration duration) {

    public MirrorResult {
        losses = Collections.unmodifiableMap(new LinkedHashMap<>(losses));
        problems = List.copyOf(problems);
        failures = List.copyOf(failures);
        notices = List.copyOf(notices);
    }

    /** Whether the mirror is not what was asked for. */
    public boolean isIncomplete() {
        return incompleteCount > 0 || failureCount > 0 || withheld > 0;
    }
}
