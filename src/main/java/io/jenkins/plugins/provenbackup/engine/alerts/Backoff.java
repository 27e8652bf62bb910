package io.jenkins.plugins.provenbackup.engine.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When a message that could not be sent is tried again: at longer and longer intervals, for some three days. */
public final class Backoff {

    private static final List<Duration> PAUSES = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofHours(3),
            Duration.ofHours(6),
            Duration.ofHours(12),
            Duration.ofHours(24),
            Duration.ofHours(24));

    private Backoff() {}

    /**
     * When to try again.
     *
     * @param failures so far, 1 and up
     * @param now after the last of them
     * @return empty when it is given up
     */
    public static Optional<Instant> next(int failures, Instant now) {
        return failures > PAUSES.size() ? Optional.empty() : Optional.of(now.plus(PAUSES.get(failures - 1)));
    }
}
