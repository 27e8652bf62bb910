package io.jenkins.plugins.provenbackup.engine.storage;

import java.time.Duration;

/** A monotonic clock and a way to wait, so that tests need not wait. */
public interface Time {

    /** Nanoseconds since some fixed point. */
    long nanoTime();

    /** Waits; an interrupt ends the wait. */
    void sleep(Duration duration) throws InterruptedException;

    /** The real thing. */
    static Time system() {
        return SystemTime.INSTANCE;
    }
}
