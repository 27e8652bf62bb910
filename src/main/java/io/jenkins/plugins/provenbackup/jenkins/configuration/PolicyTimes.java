package io.jenkins.plugins.provenbackup.jenkins.configuration;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** When a policy does something by itself. Immutable. */
final class PolicyTimes {

    /** Follows the name in the seed of the tests' {@code H}, so that they do not meet the backups. */
    private static final String TEST = " test";

    private final String policy;
    private final String timeZone;

    /**
     * Of a policy.
     *
     * @param policy its name, the seed of {@code H}
     * @param timeZone as it was typed; empty for the controller's own
     */
    PolicyTimes(String policy, String timeZone) {
        this.policy = policy;
        this.timeZone = timeZone;
    }

    /** The first backup after a moment; none by an empty schedule, or by one that cannot be read. */
    Optional<Instant> nextRun(String schedule, Instant after) {
        return next(schedule, policy, after);
    }

    /** The first recovery test after a moment; none by an empty schedule, or by one that cannot be read. */
    Optional<Instant> nextTest(String schedule, Instant after) {
        return next(schedule, policy + TEST, after);
    }

    private Optional<Instant> next(String schedule, String seed, Instant after) {
        if (schedule.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Schedule.next(schedule, seed, timeZone, after);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Says when the next backup would be, or throws an {@link IllegalArgumentException} that says what is wrong. */
    String describeRuns(String schedule) {
        return Schedule.describe(schedule, policy, timeZone);
    }

    /** The same of the next recovery test. */
    String describeTests(String schedule) {
        return Schedule.describe(schedule, policy + TEST, timeZone);
    }

    /** The zone that is meant. */
    ZoneId zone() {
        return timeZone.isEmpty() ? ZoneId.systemDefault() : ZoneId.of(timeZone);
    }

    /**
     * The same.
     *
     * @throws IllegalArgumentException when there is none of that name, in words for the user
     */
    ZoneId checkedZone() {
        try {
            return zone();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + timeZone + "' is no time zone: write like Europe/Vienna or UTC", e);
        }
    }
}
