package io.jenkins.plugins.provenbackup.engine.transfer;

import io.jenkins.plugins.provenbackup.engine.archive.FinishedArchive;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * Uploads archives to one destination, in order, on a thread of its own. The first failure ends it: what comes later is
 * let go, and the destination lags.
 */
final class UploadQueue {

    /** Archives that may wait, 16 MiB each: the first few in memory, the rest in temporary files. */
    private static final int CAPACITY = 8;

    private final Replica replica;
    private final BiConsumer<Replica, FinishedArchive> stored;
    private final BlockingQueue<Optional<SharedArchive>> waiting = new ArrayBlockingQueue<>(CAPACITY);
    private final Set<ObjectHash> confirmed = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private final AtomicInteger unfinished = new AtomicInteger();
    private volatile Optional<IOException> failure = Optional.empty();

    UploadQueue(Replica replica, BiConsumer<Replica, FinishedArchive> stored) {
        this.replica = replica;
        this.stored = stored;
        this.thread = new Thread(this::work, "upload to " + replica.location());
        this.thread.setDaemon(true);
        this.thread.start();
    }

    Replica replica() {
        return replica;
    }

    Optional<IOException> failure() {
        return failure;
    }

    boolean isHealthy() {
        return failure.isEmpty();
    }

    /** Whether it has nothing to do. */
    boolean isIdle() {
        return isHealthy() && unfinished.get() == 0;
    }

    Set<ObjectHash> confirmed() {
        return Set.copyOf(confirmed);
    }

    /** Takes an archive within so many milliseconds, or says that there is no room. */
    boolean offer(SharedArchive archive, long millis) throws InterruptedException {
        unfinished.incrementAndGet();
        boolean taken = waiting.offer(Optional.of(archive), millis, TimeUnit.MILLISECONDS);
        if (!taken) {
            unfinished.decrementAndGet();
        }
        return taken;
    }

    /** Gives the destination up; what waits is let go. */
    void fail(IOException cause) {
        if (failure.isEmpty()) {
            failure = Optional.of(cause);
        }
    }

    /** No more archives will come: waits until all are stored or the destination has failed. */
    void finish() throws InterruptedException {
        boolean told = false;
        while (!told && thread.isAlive()) {
            told = waiting.offer(Optional.empty(), 100, TimeUnit.MILLISECONDS);
        }
        thread.join();
    }

    /** Ends at once; a queue whose uploads have all ended stays as it is. */
    void abort() {
        if (thread.isAlive()) {
            fail(new StorageException("The run was cancelled before the upload to " + replica.location() + " ended."));
            thread.interrupt();
        }
        do {
            for (Optional<SharedArchive> left = waiting.poll(); left != null; left = waiting.poll()) {
                left.ifPresent(SharedArchive::release);
            }
        } while (!waiting.offer(Optional.empty()));
    }

    private void work() {
        try {
            for (Optional<SharedArchive> next = waiting.take(); next.isPresent(); next = waiting.take()) {
                upload(next.get());
                unfinished.decrementAndGet();
            }
        } catch (InterruptedException e) {
            fail(new StorageException("The upload to " + replica.location() + " was interrupted.", e));
        }
    }

    private void upload(SharedArchive shared) {
        FinishedArchive archive = shared.archive();
        try {
            if (isHealthy()) {
                replica.storage().put(Layout.archive(archive.hash()), archive.payload());
                confirmed.add(archive.hash());
                stored.accept(replica, archive);
            }
        } catch (IOException e) {
            fail(e);
        } catch (RuntimeException | Error e) {
            fail(new StorageException("The upload to " + replica.location() + " failed: " + e, e));
        } finally {
            shared.release();
        }
    }
}
