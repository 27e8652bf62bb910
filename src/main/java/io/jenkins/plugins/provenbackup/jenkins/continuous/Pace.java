package io.jenkins.plugins.provenbackup.jenkins.continuous;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When the next recovery point is made: when nothing was saved for ten seconds, or half a minute after the first save that is not
 * protected yet; never sooner than a minute after the last one began, and later after failures. Once a day everything is looked at. For
 * one thread at a time.
 */
final class Pace {

    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration BETWEEN = Duration.ofMinutes(1);
    private static final Duration MOST_BETWEEN = Duration.ofMinutes(15);
    private static final Duration BETWEEN_WHOLE = Duration.ofDays(1);

    private Optional<Instant> firstNoted = Optional.empty();
    private Optional<Instant> begun = Optional.empty();
    private Optional<Instant> whole = Optional.empty();
    private Duration between = BETWEEN;

    /** What is to be done. */
    enum Next {
        NOTHING,
        /** A look at what was noted. */
        NOTED,
        /** A look at everything. */
        WHOLE
    }

    /** Something waits to be protected. */
    void noted(Instant now) {
        if (firstNoted.isEmpty()) {
            firstNoted = Optional.of(now);
        }
    }

    /**
     * Says what is to be done now.
     *
     * @param quiet for how long nothing was saved
     */
    Next next(Instant now, Duration quiet) {
        if (begun.filter(time -> now.isBefore(time.plus(between))).isPresent()) {
            return Next.NOTHING;
        }
        if (whole.filter(time -> now.isBefore(time.plus(BETWEEN_WHOLE))).isEmpty()) {
            return Next.WHOLE;
        }
        boolean isTime = firstNoted
                .filter(first -> quiet.compareTo(QUIET) >= 0 || !now.isBefore(first.plus(LONGEST)))
                .isPresent();
        return isTime ? Next.NOTED : Next.NOTHING;
    }

    /** It is begun. */
    void begin(Instant now) {
        begun = Optional.of(now);
        firstNoted = Optional.empty();
    }

    /** It succeeded. */
    void succeeded(Next what, Instant now) {
        between = BETWEEN;
        if (what == Next.WHOLE) {
            whole = Optional.of(now);
        }
    }

    /** It failed: what was noted still waits. */
    void failed(Instant now) {
        noted(now);
        between = between.multipliedBy(2);
        if (between.compareTo(MOST_BETWEEN) > 0) {
            between = MOST_BETWEEN;
        }
    }
}
