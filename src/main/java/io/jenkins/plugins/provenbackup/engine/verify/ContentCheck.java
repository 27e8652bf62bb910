package io.jenkins.plugins.provenbackup.engine.verify;

import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.SnapshotReading;
import io.jenkins.plugins.provenbackup.engine.Workers;
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
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads the content of snapshots as a restore would and compares every chunk with its id, but writes nothing. A chunk that
 * several files or snapshots share is read once.
 */
final class ContentCheck implements AutoCloseable {

    private static final int MOST_EXTENTS = 4;
    private static final int MOST_QUEUED = 64;

    /** Pieces of files that a thread checks in a row, since waking it costs more than checking a small one. */
    private static final int MOST_TOGETHER = 32;

    private static final long MOST_BYTES_TOGETHER = 1 << 20;
    private static final long INDEX_BUDGET = 64 << 20;

    private final Workers workers = Workers.onAllProcessors("checker", MOST_QUEUED);
    private final ChunkIndex checked = new ChunkIndex(INDEX_BUDGET);
    private final AtomicLong files = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final ProgressListener progress;
    private List<Piece> together = new ArrayList<>();
    private long bytesTogether;

    /** A piece of a file, and its blocks, which are on their way. */
    private record Piece(Entry entry, FileContentReader.Prepared content) {}

    /** What is needed to check the content of one snapshot. */
    private record Checking(
            SnapshotReading reading, SourceKey key, int epoch, Queue<ChunkIdHash> hashes, Failures failures) {}

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
        Checking checking = new Checking(reading, key, epoch, new ConcurrentLinkedQueue<>(), failures);
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
                if (extent.get() instanceof ChunkRef chunk
                        && isNew(reading.contents().find(chunk))) {
                    group.add(chunk);
                    if (group.size() == MOST_EXTENTS || !reading.contents().canPrepare(group)) {
                        add(entry, group, checking);
                        group = new ArrayList<>(MOST_EXTENTS);
                    }
                }
            }
            if (!group.isEmpty()) {
                add(entry, group, checking);
            }
            files.incrementAndGet();
            progress.entries(1);
            progress.bytes(entry.node().size());
        }
        handOver(checking);
        workers.await();
    }

    private boolean isNew(ChunkRef chunk) {
        if (checked.find(chunk.id()).filter(chunk::equals).isPresent()) {
            return false;
        }
        checked.add(chunk);
        return true;
    }

    private void add(Entry entry, List<Extent> group, Checking checking) throws InterruptedException {
        Optional<FileContentReader.Prepared> prepared =
                checking.reading().contents().tryPrepare(group);
        if (prepared.isEmpty()) {
            // Who waits for room may hold no blocks.
            handOver(checking);
            prepared = Optional.of(checking.reading().contents().prepare(group));
        }
        together.add(new Piece(entry, prepared.get()));
        for (Extent extent : group) {
            bytesTogether += extent.span();
        }
        if (together.size() >= MOST_TOGETHER || bytesTogether >= MOST_BYTES_TOGETHER) {
            handOver(checking);
        }
    }

    private void handOver(Checking checking) throws InterruptedException {
        if (!together.isEmpty()) {
            workers.requireSound();
            List<Piece> pieces = together;
            together = new ArrayList<>();
            bytesTogether = 0;
            workers.execute(() -> check(pieces, checking));
        }
    }

    private void check(List<Piece> pieces, Checking checking) {
        try {
            for (Piece piece : pieces) {
                check(piece, checking);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            pieces.forEach(piece -> piece.content().release());
        }
    }

    private void check(Piece piece, Checking checking) throws InterruptedException {
        try {
            ChunkIdHash hash = checking.hashes().poll();
            hash = hash == null ? checking.key().chunkIdHash(checking.epoch()) : hash;
            piece.content().read(new Counting(), hash);
            checking.hashes().add(hash);
        } catch (IOException e) {
            checking.failures().failed(piece.entry(), e);
        }
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
        workers.close();
        checked.close();
    }
}
