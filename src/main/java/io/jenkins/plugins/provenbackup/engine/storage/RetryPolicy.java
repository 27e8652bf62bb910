package io.jenkins.plugins.provenbackup.engine.storage;

import java.time.Duration;

/**
 * How stubborn to be.
 *
 * @param attempts how often to try, the first time included; at least 1
 * @param firstDelay the longest wait before the second attempt; it doubles from one to the next
 * @param longestDelay where doubling ends
 * @param total no attempt begins later than this after the first one began
 */
public record RetryPolicy(int attempts, Duration firstDelay, Duration longestDelay, Duration total) {

    public RetryPolicy {
        if (attempts < 1 || firstDelay.isNegative() || longestDelay.isNegative() || total.isNegative()) {
            throw new IllegalArgumentException("Not a retry policy: " + attempts + " attempts, " + firstDelay + ", "
                    + longestDelay + ", " + total);
        }
    }

    /** 8 attempts within 10 minutes, waiting up to 0.5 s, 1 s, 2 s ... 60 s. */
    public static RetryPolicy defaults() {
        return new RetryPolicy(8, Duration.ofMillis(500), Duration.ofSeconds(60), Duration.ofMinutes(10));
    }

    /** The longest wait after an attempt, counted from 1. */
    Duration delayAfter(int attempt) {
        Duration delay = firstDelay;
        for (int i = 1; i < attempt && delay.compareTo(longestDelay) < 0; i++) {
            delay = delay.multipliedBy(2);
        }
        return delay.compareTo(longestDelay) < 0 ? delay : longestDelay;
    }
}
