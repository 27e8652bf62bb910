package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.storage.RateLimit;
import io.jenkins.plugins.provenbackup.engine.storage.Time;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers and times as people read and write them. */
final class Figures {

    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(?:\\.([0-9]))?([KMGT]?)(?:i?B)?(?:/s)?");

    private Figures() {}

    /** Like {@code 1.2 GiB}. */
    static String size(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1023.95 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    /** Like {@code 1,234}. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Like {@code 3 files}. */
    static String count(long number, String one) {
        return count(number) + " " + one + (number == 1 ? "" : "s");
    }

    /** Like {@code 0.4 s}, {@code 12 s}, {@code 3 min 5 s} or {@code 2 h 10 min}. */
    static String duration(Duration duration) {
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

    /** In the local time zone. */
    static String time(Instant instant) {
        return TIME.format(instant.atZone(ZoneId.systemDefault()));
    }

    /** The limit that an option gives in the words of {@link #rate}; none when it was not given. */
    static Optional<RateLimit> limit(String rate) {
        return Optional.ofNullable(rate).map(text -> new RateLimit(rate(text), Time.system()));
    }

    /** Bytes per second of {@code 500K}, {@code 10M}, {@code 1.5G}, in powers of 1024; without a unit bytes. */
    static long rate(String text) {
        Matcher size = SIZE.matcher(
                text.strip().toUpperCase(Locale.ROOT).replace("IB", "iB").replace("/S", "/s"));
        if (!size.matches()) {
            throw new UsageException("'" + text + "' is no rate: write bytes per second, like 500K or 10M.");
        }
        int power =
                " KMGT".indexOf(size.group(3).isEmpty() ? ' ' : size.group(3).charAt(0));
        long unit = 1L << (10 * power);
        long tenths = size.group(2) == null ? 0 : Long.parseLong(size.group(2));
        long rate = Math.addExact(Math.multiplyExact(Long.parseLong(size.group(1)), unit), unit * tenths / 10);
        if (rate < 1) {
            throw new UsageException("A rate is at least 1 byte per second.");
        }
        return rate;
    }
}
