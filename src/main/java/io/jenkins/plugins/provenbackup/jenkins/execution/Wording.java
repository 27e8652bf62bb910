package io.jenkins.plugins.provenbackup.jenkins.execution;

import hudson.AbortException;
import io.jenkins.plugins.provenbackup.engine.Amounts;
import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.policy.Elapsed;
import io.jenkins.plugins.provenbackup.engine.snapshots.SnapshotSelector;
import java.util.List;

/** Checks what was typed, without doing anything; what is wrong is an {@link IllegalArgumentException} in words for the user. */
public final class Wording {

    private Wording() {}

    /** The values of a text with one a line. */
    public static List<String> lines(String text) {
        return Lines.of(text);
    }

    /** A path inside the workspace. */
    public static void requireInside(String path) {
        String slashed = path.replace('\\', '/');
        if (slashed.startsWith("/")
                || slashed.matches("[A-Za-z]:.*")
                || List.of(slashed.split("/")).contains("..")) {
            throw new IllegalArgumentException(
                    "'" + path + "' is not inside the workspace: give a relative path without '..'.");
        }
    }

    /** Patterns of gitignore syntax. */
    public static void requirePatterns(String text) {
        try {
            RestoreOrder.patterns(Lines.of(text));
        } catch (AbortException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Tags. */
    public static void requireTags(String text) {
        Lines.pairs(text);
    }

    /** Bytes per second, or nothing. */
    public static void requireRate(String text) {
        if (!text.isBlank()) {
            long rate = Amounts.rate(text);
            assert rate > 0;
        }
    }

    /** A length of time, or nothing. */
    public static void requireTime(String text) {
        if (!text.isBlank()) {
            Elapsed.parse(text.strip());
        }
    }

    /** A snapshot, or nothing. */
    public static void requireSnapshot(String text) {
        try {
            if (!text.isBlank()) {
                SnapshotSelector.parse(text.strip());
            }
        } catch (RefusedException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** A number. */
    public static void requireNumber(String text, int least) {
        try {
            if (!text.isBlank() && Integer.parseInt(text.strip()) < least) {
                throw new IllegalArgumentException("It is " + least + " at least.");
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no number.", e);
        }
    }
}
