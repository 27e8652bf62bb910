package io.jenkins.plugins.provenbackup.engine.storage.s3;

import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.VfsWork;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs requests in threads of their own and lets the caller wait: a socket that is written to knows no timeout and no
 * interrupt, so whoever waits breaks the connection when nothing moves any more. At most so many at once as the options say.
 */
final class S3Calls {

    /** What to do; it calls {@link S3Progress#moved} whenever the server has taken or given something. */
    interface Work<T> {
        T run(S3Progress progress) throws IOException;
    }

    private static final long IDLE_SECONDS = 5;

    private final Duration timeout;
    private final int limit;
    private final Semaphore free;
    private final S3Errors errors;
    // Of this storage, not of the class: the HTTP client of one must not find the work of another.
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<S3Progress> current = new ThreadLocal<>();
    // Never shut down, since even a closed storage has broken requests to clear away; idle threads end soon.
    private final ExecutorService threads = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "proven-backup s3");
                thread.setDaemon(true);
                return thread;
            });

    S3Calls(StorageOptions options, S3Errors errors) {
        timeout = options.operationTimeout();
        limit = options.connections();
        free = new Semaphore(limit, true);
        this.errors = errors;
    }

    /** The work that the calling thread does, for the HTTP client. */
    Optional<S3Progress> current() {
        return Optional.ofNullable(current.get());
    }

    /** Does one piece of work, of at most one request at a time. */
    <T> T call(VfsWork description, Work<T> work) throws StorageException {
        acquire(description);
        try {
            return callWithPermit(description, work);
        } finally {
            free.release();
        }
    }

    /** Waits until one more connection may be used; {@link #release} gives it back. */
    void acquire(VfsWork description) throws StorageException {
        try {
            if (!free.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new StorageException.Transient(
                        description.failed() + "all " + limit + " connections were busy for " + timeout.toSeconds()
                                + " s",
                        new TimeoutException());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(description, e);
        }
    }

    void release() {
        free.release();
    }

    /** Work for somebody who has acquired a connection already. */
    <T> T callWithPermit(VfsWork description, Work<T> work) throws StorageException {
        S3Progress progress = new S3Progress();
        Future<T> result = threads.submit(() -> {
            try {
                return inPlace(progress, work);
            } catch (IOException | RuntimeException e) {
                throw errors.explain(e, description);
            }
        });
        boolean done = false;
        try {
            T value = await(result, progress, description);
            done = true;
            return value;
        } catch (StorageException e) {
            done = result.isDone();
            throw e;
        } finally {
            if (!done) {
                result.cancel(true);
                threads.execute(progress::giveUp);
            }
        }
    }

    /** Does work in the calling thread, which somebody else watches and breaks by its progress. */
    <T> T inPlace(S3Progress progress, Work<T> work) throws IOException {
        current.set(progress);
        try {
            return work.run(progress);
        } finally {
            current.remove();
        }
    }

    /** Clears something away behind the caller's back, whatever became of it. */
    void later(Runnable work) {
        threads.execute(work);
    }

    private <T> T await(Future<T> result, S3Progress progress, VfsWork description) throws StorageException {
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
                if (e.getCause() instanceof StorageException known) {
                    throw known;
                }
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw new StorageException(description.failed() + e.getCause(), e.getCause());
            }
        }
    }

    private static StorageException interrupted(VfsWork description, Exception cause) {
        return new StorageException(description.failed() + "interrupted", cause);
    }
}
