package io.jenkins.plugins.provenbackup.engine.storage.local;

import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Brings files to the disk behind the back of those who write them, and waits for all of them where that matters.
 *
 * <p>Archives and catalog segments are worth nothing until something refers to them, so their writers need not wait for
 * the disk. One thread forces them in the order in which they came while the next ones are still being compressed; their
 * directories are forced once, at the barrier. {@link #awaitAll} returns when everything that was handed over before is
 * on the disk; it is called before any object that may refer to others is written.
 *
 * <p>After a failed fsync Linux marks the lost pages clean and a second fsync would succeed, so a failure is remembered
 * and every later barrier fails: nothing may refer to what this storage wrote.
 */
final class LocalSync implements AutoCloseable {

    private static final long IDLE_SECONDS = 5;

    private final ExecutorService worker;
    private final Set<Path> directories = ConcurrentHashMap.newKeySet();
    private final AtomicReference<IOException> failure = new AtomicReference<>();

    LocalSync() {
        ThreadPoolExecutor single =
                new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "proven-backup fsync");
                    thread.setDaemon(true);
                    return thread;
                });
        single.allowCoreThreadTimeOut(true);
        worker = single;
    }

    /** Forces a file some time later, and its directory at the next barrier. */
    void later(Path file) {
        directories.add(file.getParent());
        worker.execute(() -> {
            try {
                forceFile(file);
            } catch (NoSuchFileException deleted) {
                // whoever deleted it, there is nothing left to lose
            } catch (IOException e) {
                failure.compareAndSet(null, e);
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, new IOException("unexpected failure: " + e, e));
            }
        });
    }

    /** A directory to be forced at the next barrier. */
    void laterDirectory(Path changed) {
        directories.add(changed);
    }

    /** Waits until all that was handed over before is on the disk. */
    void awaitAll() throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new StorageException("Interrupted before what was written reached the disk");
        }
        // Tasks of the single worker run in order, so this one runs when all files before it are done.
        Future<?> barrier = worker.submit(this::forceDirectories);
        try {
            barrier.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException("Interrupted while waiting for the disk", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        IOException lost = failure.get();
        if (lost != null) {
            throw new IOException(
                    "archives written before did not reach the disk (" + lost.getMessage() + "); check the disk", lost);
        }
    }

    @Override
    public void close() {
        worker.shutdown();
    }

    static void forceFile(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            channel.force(true);
        }
    }

    static void forceDirectory(Path directory) throws IOException {
        if (!directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return; // Windows cannot open a directory, and journals it
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private void forceDirectories() {
        for (Path directory : Set.copyOf(directories)) {
            // Removed before it is forced: an entry that is added meanwhile puts it back.
            directories.remove(directory);
            try {
                forceDirectory(directory);
            } catch (NoSuchFileException deleted) {
                // whoever deleted it, there is nothing left to lose
            } catch (IOException e) {
                failure.compareAndSet(null, e);
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, new IOException("unexpected failure: " + e, e));
            }
        }
    }
}
