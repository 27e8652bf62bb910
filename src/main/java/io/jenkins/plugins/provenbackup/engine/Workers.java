package io.jenkins.plugins.provenbackup.engine;

import java.util.concurrent.atomic.AtomicReference;

/**
 * The first failure of worker threads that nobody expected, a mistake in this program or no memory left: noted where it happens, and
 * thrown again where the work is waited for, so that nothing counts as done that was not. Thread-safe.
 */
public final class WorkerFailure {

    private final AtomicReference<Throwable> first = new AtomicReference<>();

    /** Does work on the calling thread; what it throws is noted, and nothing is thrown. */
    public void guard(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            first.compareAndSet(null, e);
        }
    }

    /** Whether some work has failed, so that further work is in vain. */
    public boolean isPresent() {
        return first.get() != null;
    }

    /** Throws what some work has thrown; returns when none has thrown anything. */
    public void rethrow() {
        Throwable thrown = first.get();
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException failure) {
            throw failure;
        }
    }
}
