package io.jenkins.plugins.provenbackup.engine;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes, counts, rates and times as people read and write them. */
public final class Amounts {

    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(?:\\.([0-9]))?([KMGT]?)(?:i?B)?(?:/s)?");

    private Amounts() {}

    /** Like {@code 1.2 GiB}. */
    public static String size(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1023.95 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    /** Like {@code 1,234}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Like {@code 3 files}. */
    public static String count(long number, String one) {
        return count(number) + " " + one + (number == 1 ? "" : "s");
    }

    /** Like {@code 0.4 s}, {@code 12 s}, {@code 3 min 5 s} or {@code 2 h 10 min}. */
    public static String duration(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }

    /**
     * Bytes per second of {@code 500K}, {@code 10M}, {@code 1.5G}, in powers of 1024; without a unit bytes.
     *
     * @throws IllegalArgumentException when it is none, in words for the user
     */
    public static long rate(String text) {
        Matcher size = SIZE.matcher(
                text.strip().toUpperCase(Locale.ROOT).replace("IB", "iB").replace("/S", "/s"));
        if (!size.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no rate: write bytes per second, like 500K or 10M.");
        }
        int power =
                " KMGT".indexOf(size.group(3).isEmpty() ? ' ' : size.group(3).charAt(0));
        long unit = 1L << (10 * power);
        long tenths = size.group(2) == null ? 0 : Long.parseLong(size.group(2));
        long rate = Math.addExact(Math.multiplyExact(Long.parseLong(size.group(1)), unit), unit * tenths / 10);
        if (rate < 1) {
            throw new IllegalArgumentException("A rate is at least 1 byte per second.");
        }
        return rate;
    }
}
