package io.jenkins.plugins.provenbackup.engine.storage;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Does something again as long as its failure may pass, waiting longer each time. Thread-safe. */
final class Retry {

    private final RetryPolicy policy;
    private final Time time;
    private final RandomGenerator random;

    Retry(RetryPolicy policy, Time time, RandomGenerator random) {
        this.policy = policy;
        this.time = time;
        this.random = random;
    }

    /** What is done. */
    interface Verb<T> {
        T run() throws StorageException;
    }

    <T> T until(Verb<T> verb) throws StorageException {
        long start = time.nanoTime();
        for (int attempt = 1; ; attempt++) {
            try {
                return verb.run();
            } catch (StorageException e) {
                Duration delay = jittered(policy.delayAfter(attempt));
                long after = time.nanoTime() - start + delay.toNanos();
                if (!e.mayPass()
                        || attempt >= policy.attempts()
                        || after > policy.total().toNanos()) {
                    throw e;
                }
                pause(delay, e);
            }
        }
    }

    private Duration jittered(Duration longest) {
        long half = longest.toNanos() / 2;
        return Duration.ofNanos(half + random.nextLong(half + 1));
    }

    private void pause(Duration delay, StorageException why) throws StorageException {
        try {
            time.sleep(delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            StorageException stopped = new StorageException("Interrupted before trying again: " + why.getMessage(), e);
            stopped.addSuppressed(why);
            throw stopped;
        }
    }
}
