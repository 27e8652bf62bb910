package io.jenkins.plugins.provenbackup.cli;

import io.jenkins.plugins.provenbackup.engine.Amounts;
import io.jenkins.plugins.provenbackup.engine.storage.RateLimit;
import io.jenkins.plugins.provenbackup.engine.storage.Time;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Numbers and times as people read and write them. */
final class Figures {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private Figures() {}

    /** Like {@code 1.2 GiB}. */
    static String size(long bytes) {
        return Amounts.size(bytes);
    }

    /** Like {@code 1,234}. */
    static String count(long number) {
        return Amounts.count(number);
    }

    /** Like {@code 3 files}. */
    static String count(long number, String one) {
        return Amounts.count(number, one);
    }

    /** Like {@code 0.4 s}, {@code 12 s}, {@code 3 min 5 s} or {@code 2 h 10 min}. */
    static String duration(Duration duration) {
        return Amounts.duration(duration);
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
        try {
            return Amounts.rate(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }
}
