package io.jenkins.plugins.provenbackup.engine;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Threads that work for one that hands them pieces of work and waits for all in the end. What a piece throws, which nobody expects: a
 * mistake in this program, or no memory left, is thrown again where the work is waited for, so that nothing counts as done that was
 * not. One thread hands over and waits; {@link #isSound} is for all.
 */
public final class Workers implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 10;

    private final int mostWaiting;
    private final Semaphore room;
    private final ExecutorService threads;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /**
     * Begins with no thread; they are started by what they are given.
     *
     * @param name of the threads
     * @param count of the threads
     * @param mostWaiting most pieces of work that are begun or wait
     */
    public Workers(String name, int count, int mostWaiting) {
        this.mostWaiting = mostWaiting;
        this.room = new Semaphore(mostWaiting);
        this.threads = Executors.newFixedThreadPool(count, new NamedThreads(name));
    }

    /** As many threads as there are processors, and at least two. */
    public static Workers onAllProcessors(String name, int mostWaiting) {
        return new Workers(name, Math.max(2, Runtime.getRuntime().availableProcessors()), mostWaiting);
    }

    /** Hands over a piece of work; waits for room. */
    public void execute(Runnable work) throws InterruptedException {
        room.acquire();
        threads.execute(() -> {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            } finally {
                room.release();
            }
        });
    }

    /** Waits until everything is done, and throws what some work has thrown. */
    public void await() throws InterruptedException {
        room.acquire(mostWaiting);
        room.release(mostWaiting);
        requireSound();
    }

    /** Whether no work has thrown anything; otherwise further work is in vain. */
    public boolean isSound() {
        return failure.get() == null;
    }

    /** Throws what some work has thrown. */
    public void requireSound() {
        Throwable thrown = failure.get();
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown != null) {
            throw (RuntimeException) thrown;
        }
    }

    /** Interrupts what is under way and waits for that; what has not begun never will. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
