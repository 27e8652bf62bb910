package io.jenkins.plugins.provenbackup.engine.storage.vfs;

import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs work on a session in a thread of its own, because the protocol libraries neither keep to timeouts in every place nor
 * answer interrupts: the caller waits, and breaks the connection when nothing moves any more or when it is interrupted.
 */
final class VfsConnection implements AutoCloseable {

    /** What to do with a session; it calls {@link Progress#moved} whenever the server has answered. */
    interface Work<T> {
        T on(VfsSession session, Progress progress) throws IOException;
    }

    /** The time of the last sign of life. */
    static final class Progress implements VfsProgress {
        private volatile long last = System.nanoTime();

        @Override
        public void moved() {
            last = System.nanoTime();
        }

        private long idleNanos() {
            return System.nanoTime() - last;
        }
    }

    private final VfsSession session;
    private final ExecutorService threads;
    private final Duration timeout;
    private volatile boolean broken;

    VfsConnection(VfsSession session, ExecutorService threads, Duration timeout) {
        this.session = session;
        this.threads = threads;
        this.timeout = timeout;
    }

    <T> T call(VfsWork description, Work<T> work) throws StorageException {
        Progress progress = new Progress();
        Future<T> result = threads.submit(() -> {
            try {
                return work.on(session, progress);
            } catch (IOException e) {
                throw session.explain(e, description);
            }
        });
        boolean done = false;
        try {
            T value = await(result, progress, description);
            done = true;
            return value;
        } catch (StorageException e) {
            done = result.isDone() && !e.mayPass();
            throw e;
        } finally {
            if (!done) {
                broken = true;
                session.abort();
            }
        }
    }

    boolean isWorthKeeping() {
        return !broken && session.isWorthKeeping();
    }

    boolean isUsable() {
        return !broken && session.isUsable();
    }

    @Override
    public void close() {
        if (broken) {
            // A thread may still be inside the session; its closing could wait for that thread.
            threads.execute(session::close);
        } else {
            session.close();
        }
    }

    private <T> T await(Future<T> result, Progress progress, VfsWork description) throws StorageException {
        while (true) {
            try {
                long left = timeout.toNanos() - progress.idleNanos();
                return result.get(Math.max(left, 1), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                if (progress.idleNanos() >= timeout.toNanos()) {
                    throw new StorageException.Transient(
                            description.failed() + "the server has not answered for " + timeout.toSeconds()
                                    + " s. Check the server and the network.",
                            e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw interrupted(description, e);
            } catch (ExecutionException e) {
                throw unwrap(e, description);
            }
        }
    }

    static StorageException interrupted(VfsWork description, Exception cause) {
        return new StorageException(description.failed() + "interrupted", cause);
    }

    private static StorageException unwrap(ExecutionException failure, VfsWork description) {
        Throwable cause = failure.getCause();
        if (cause instanceof StorageException known) {
            return known;
        }
        if (cause instanceof InterruptedIOException) {
            return interrupted(description, failure);
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return new StorageException(description.failed() + cause, cause);
    }
}
