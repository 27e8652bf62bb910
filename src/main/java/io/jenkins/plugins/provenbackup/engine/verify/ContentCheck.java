package io.jenkins.plugins.provenbackup.engine.verify;

import io.jenkins.plugins.provenbackup.engine.NamedThreads;
import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.SnapshotReading;
import io.jenkins.plugins.provenbackup.engine.catalog.CatalogReader;
import io.jenkins.plugins.provenbackup.engine.catalog.Entry;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryStream;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.Extent;
import io.jenkins.plugins.provenbackup.engine.catalog.Extent.ChunkRef;
import io.jenkins.plugins.provenbackup.engine.catalog.ExtentStream;
import io.jenkins.plugins.provenbackup.engine.catalog.StoredEntry;
import io.jenkins.plugins.provenbackup.engine.crypto.ChunkIdHash;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.transfer.ChunkIndex;
import io.jenkins.plugins.provenbackup.engine.transfer.FileContentReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads the content of snapshots as a restore would and compares every chunk with its id, but writes nothing. A chunk that
 * several files or snapshots share is read once.
 */
final class ContentCheck implements AutoCloseable {

    private static final int MOST_EXTENTS = 4;
    private static final int MOST_QUEUED = 256;
    private static final long INDEX_BUDGET = 64 << 20;

    private final ExecutorService threads = Executors.newFixedThreadPool(
            Math.max(2, Runtime.getRuntime().availableProcessors()), new NamedThreads("checker"));
    private final Semaphore room = new Semaphore(MOST_QUEUED);
    private final ChunkIndex checked = new ChunkIndex(INDEX_BUDGET);
    private final AtomicLong files = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final ProgressListener progress;

    /** Hears of files whose content is not what the catalog says. Called from several threads. */
    interface Failures {
        void failed(Entry entry, IOException reason);
    }

    ContentCheck(ProgressListener progress) {
        this.progress = progress;
    }

    /** Checks all files of a snapshot. */
    void check(SnapshotReading reading, SourceKey key, int epoch, Failures failures)
            throws IOException, InterruptedException {
        Queue<ChunkIdHash> hashes = new ConcurrentLinkedQueue<>();
        CatalogReader catalog = reading.catalog();
        EntryStream entries = catalog.entries();
        for (Optional<StoredEntry> next = entries.next(); next.isPresent(); next = entries.next()) {
            Entry entry = next.get().entry();
            if (entry.node().type() != EntryType.FILE) {
                continue;
            }
            ExtentStream extents = catalog.extents(entry);
            List<Extent> group = new ArrayList<>(MOST_EXTENTS);
            for (Optional<Extent> extent = extents.next(); extent.isPresent(); extent = extents.next()) {
                if (extent.get() instanceof ChunkRef chunk && isNew(chunk)) {
                    group.add(chunk);
                    if (group.size() == MOST_EXTENTS || !FileContentReader.canPrepare(group)) {
                        submit(entry, group, reading, key, epoch, hashes, failures);
                        group = new ArrayList<>(MOST_EXTENTS);
                    }
                }
            }
            if (!group.isEmpty()) {
                submit(entry, group, reading, key, epoch, hashes, failures);
            }
            files.incrementAndGet();
            progress.entries(1);
            progress.bytes(entry.node().size());
        }
        room.acquire(MOST_QUEUED);
        room.release(MOST_QUEUED);
    }

    private boolean isNew(ChunkRef chunk) {
        if (checked.find(chunk.id()).filter(chunk::equals).isPresent()) {
            return false;
        }
        checked.add(chunk);
        return true;
    }

    private void submit(
            Entry entry,
            List<Extent> group,
            SnapshotReading reading,
            SourceKey key,
            int epoch,
            Queue<ChunkIdHash> hashes,
            Failures failures)
            throws InterruptedException {
        FileContentReader.Prepared prepared = reading.contents().prepare(group);
        room.acquire();
        threads.execute(() -> {
            try {
                ChunkIdHash hash = hashes.poll();
                hash = hash == null ? key.chunkIdHash(epoch) : hash;
                prepared.read(new Counting(), hash);
                hashes.add(hash);
            } catch (IOException e) {
                failures.failed(entry, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                prepared.release();
                room.release();
            }
        });
    }

    private final class Counting implements FileContentReader.Taker {
        @Override
        public void zeros(long length) {
            bytes.addAndGet(length);
        }

        @Override
        public void bytes(byte[] buffer, int offset, int length) {
            bytes.addAndGet(length);
        }
    }

    long files() {
        return files.get();
    }

    long bytes() {
        return bytes.get();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        checked.close();
    }
}
