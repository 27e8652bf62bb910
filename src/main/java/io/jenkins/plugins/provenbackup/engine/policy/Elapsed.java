package io.jenkins.plugins.provenbackup.engine.policy;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time in objectives, read and written. Unlike in a {@link Span}, the {@code m} of an objective is minutes. */
public final class Elapsed {

    private static final Pattern FORM = Pattern.compile(
            "(?:([0-9]{1,4})w)?(?:([0-9]{1,5})d)?(?:([0-9]{1,6})h)?(?:([0-9]{1,7})m(?:in)?)?(?:([0-9]{1,8})s)?");

    private Elapsed() {}

    /**
     * Reads one like {@code 30m}, {@code 24h}, {@code 1d12h} or {@code 4w}.
     *
     * @throws IllegalArgumentException when it is none, or zero
     */
    public static Duration parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (text.isEmpty() || !parts.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no length of time: write like 90s, 30m (minutes), 24h, 7d or 4w");
        }
        Duration duration = Duration.ofDays(7 * number(parts, 1) + number(parts, 2))
                .plusHours(number(parts, 3))
                .plusMinutes(number(parts, 4))
                .plusSeconds(number(parts, 5));
        if (duration.isZero()) {
            throw new IllegalArgumentException("'" + text + "' is no time at all: nothing could keep to it");
        }
        return duration;
    }

    /** In the two largest units, like {@code 4.2 s}, {@code 12 min 5 s}, {@code 26 h} or {@code 3 d 4 h}. */
    public static String text(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 10) {
            return duration.toMillisPart() == 0
                    ? seconds + " s"
                    : String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return two(seconds / 60, "min", seconds % 60, "s");
        }
        return seconds < 48 * 3600
                ? two(seconds / 3600, "h", seconds % 3600 / 60, "min")
                : two(seconds / 86400, "d", seconds % 86400 / 3600, "h");
    }

    private static String two(long large, String unit, long small, String smallUnit) {
        return large + " " + unit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }

    private static long number(Matcher parts, int group) {
        return parts.group(group) == null ? 0 : Long.parseLong(parts.group(group));
    }
}
