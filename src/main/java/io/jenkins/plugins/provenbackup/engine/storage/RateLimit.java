package io.jenkins.plugins.provenbackup.engine.storage;

import java.time.Duration;

/**
 * A token bucket: as many bytes per second as it was made for, shared fairly by all threads that ask. It holds a quarter of a
 * second's worth, so that a pause is not made up for by a long burst.
 */
public final class RateLimit {

    private static final double NANOS_PER_SECOND = 1e9;

    private final double bytesPerSecond;
    private final Time time;
    private double available;
    private long refilled;

    /** {@code bytesPerSecond} is at least 1. */
    public RateLimit(long bytesPerSecond, Time time) {
        if (bytesPerSecond < 1) {
            throw new IllegalArgumentException("A rate is at least 1 byte per second: " + bytesPerSecond);
        }
        this.bytesPerSecond = bytesPerSecond;
        this.time = time;
        refilled = time.nanoTime();
    }

    /** Waits until that many bytes may pass; may be more than the bucket holds. */
    public void acquire(long bytes) throws InterruptedException {
        Duration wait = take(bytes);
        if (!wait.isZero()) {
            time.sleep(wait);
        }
    }

    /** How many bytes to ask for at once so that waits are short: at most a quarter of a second's worth. */
    int piece(int wanted) {
        return (int) Math.min(wanted, Math.max(1, bytesPerSecond / 4));
    }

    // Tokens are taken in advance and may go below zero: who comes later waits longer, in the order of arrival.
    private synchronized Duration take(long bytes) {
        long now = time.nanoTime();
        available = Math.min(bytesPerSecond / 4, available + (now - refilled) / NANOS_PER_SECOND * bytesPerSecond);
        refilled = now;
        available -= bytes;
        return available >= 0
                ? Duration.ZERO
                : Duration.ofNanos((long) Math.ceil(-available / bytesPerSecond * NANOS_PER_SECOND));
    }
}
