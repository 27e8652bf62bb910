package io.jenkins.plugins.provenbackup.engine.serve;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Times as HTTP writes them (RFC 9110, section 5.6.7). */
final class HttpTime {

    private static final int FIRST_YEAR = 1601; // Windows knows none before
    private static final int LAST_YEAR = 9999;
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

    private HttpTime() {}

    /** The time, if it can be written. */
    static Optional<String> format(Instant time) {
        ZonedDateTime utc = time.atZone(ZoneOffset.UTC);
        return utc.getYear() >= FIRST_YEAR && utc.getYear() <= LAST_YEAR
                ? Optional.of(FORMAT.format(utc))
                : Optional.empty();
    }
}
