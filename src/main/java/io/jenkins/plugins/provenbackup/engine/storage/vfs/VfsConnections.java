package io.jenkins.plugins.provenbackup.engine.storage.vfs;

import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Lends connections to one caller each, and makes new ones up to a limit. A VFS file system is no place for two threads. */
final class VfsConnections implements AutoCloseable {

    private static final long IDLE_SECONDS = 5;

    private final VfsProtocol protocol;
    private final StorageLocation location;
    private final StorageOptions options;
    private final Semaphore free;
    private final Deque<VfsConnection> idle = new ArrayDeque<>();
    // Never shut down, since even a closed storage has broken connections to clear away; idle threads end soon.
    private final ExecutorService threads = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "proven-backup storage");
                thread.setDaemon(true);
                return thread;
            });
    private boolean closed;

    VfsConnections(VfsProtocol protocol, StorageLocation location, StorageOptions options) {
        this.protocol = protocol;
        this.location = location;
        this.options = options;
        free = new Semaphore(options.connections(), true);
    }

    /** Does one piece of work on a connection. */
    <T> T call(VfsWork description, VfsConnection.Work<T> work) throws StorageException {
        VfsConnection connection = borrow(description);
        try {
            return connection.call(description, work);
        } finally {
            giveBack(connection);
        }
    }

    /** A connection that the caller gives back. */
    VfsConnection borrow(VfsWork description) throws StorageException {
        Duration patience = options.operationTimeout();
        try {
            if (!free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new StorageException.Transient(
                        description.failed() + "all " + options.connections() + " connections were busy for "
                                + patience.toSeconds() + " s",
                        new TimeoutException());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw VfsConnection.interrupted(description, e);
        }
        try {
            VfsConnection connection = usableIdle();
            if (connection == null) {
                connection = connect(description);
            }
            return connection;
        } catch (StorageException | RuntimeException | Error e) {
            free.release();
            throw e;
        }
    }

    void giveBack(VfsConnection connection) {
        boolean keep = false;
        synchronized (idle) {
            if (!closed && connection.isWorthKeeping()) {
                idle.push(connection);
                keep = true;
            }
        }
        if (!keep) {
            connection.close();
        }
        free.release();
    }

    @Override
    public void close() {
        synchronized (idle) {
            closed = true;
            idle.forEach(VfsConnection::close);
            idle.clear();
        }
    }

    private VfsConnection usableIdle() {
        synchronized (idle) {
            if (closed) {
                throw new IllegalStateException("The storage at " + location + " is closed");
            }
            while (!idle.isEmpty()) {
                VfsConnection connection = idle.pop();
                if (connection.isUsable()) {
                    return connection;
                }
                connection.close();
            }
            return null;
        }
    }

    private VfsConnection connect(VfsWork description) throws StorageException {
        Future<VfsSession> connecting = threads.submit(() -> protocol.connect(location, options));
        // The protocol keeps to the timeout by itself in the usual cases; twice as long means that it hangs.
        long patience = options.connectTimeout().toNanos() * 2;
        try {
            return new VfsConnection(
                    connecting.get(patience, TimeUnit.NANOSECONDS), threads, options.operationTimeout());
        } catch (InterruptedException e) {
            closeWhenConnected(connecting);
            Thread.currentThread().interrupt();
            throw VfsConnection.interrupted(description, e);
        } catch (TimeoutException e) {
            closeWhenConnected(connecting);
            throw new StorageException.Transient(
                    "Cannot connect to " + location + ": no answer within "
                            + options.connectTimeout().multipliedBy(2).toSeconds() + " s",
                    e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StorageException known) {
                throw known;
            }
            throw new StorageException("Cannot connect to " + location + ": " + e.getCause(), e.getCause());
        }
    }

    private void closeWhenConnected(Future<VfsSession> connecting) {
        threads.execute(() -> {
            try {
                connecting.get().close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException failed) {
                // nobody waits for this connection any more, and there is none to close
            }
        });
    }
}
