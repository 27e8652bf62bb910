package io.jenkins.plugins.provenbackup.engine.restore;

import io.jenkins.plugins.provenbackup.engine.ProgressListener;
import io.jenkins.plugins.provenbackup.engine.Workers;
import io.jenkins.plugins.provenbackup.engine.catalog.ContentSource;
import io.jenkins.plugins.provenbackup.engine.catalog.Entry;
import io.jenkins.plugins.provenbackup.engine.catalog.FileContent;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.crypto.ChunkIdHash;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.target.OpenFile;
import io.jenkins.plugins.provenbackup.engine.target.RestoreTarget;
import io.jenkins.plugins.provenbackup.engine.target.TargetException;
import io.jenkins.plugins.provenbackup.engine.target.TargetFullException;
import io.jenkins.plugins.provenbackup.engine.transfer.FileContentReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Writes restored files: small ones on several threads, large ones on the calling thread while their blocks are loaded on
 * others. A file that fails is noted and the others go on; a full disk ends everything.
 */
final class FileWriters implements AutoCloseable {

    /** Files of more extents than this are written by the calling thread. */
    private static final int SMALL = 8;

    private static final int MOST_QUEUED = 64;

    /** Small files that a thread writes in a row, since waking it costs as much as writing one. */
    private static final int MOST_TOGETHER = 32;

    private static final long MOST_BYTES_TOGETHER = 1 << 20;

    private final RestoreTarget target;
    private final FileContentReader contents;
    private final SourceKey key;
    private final int epoch;
    private final RestoreLog log;
    private final ProgressListener progress;
    private final Workers workers = Workers.onAllProcessors("writer", MOST_QUEUED);
    private final Queue<ChunkIdHash> hashes = new ConcurrentLinkedQueue<>();
    private final BackReferences back;
    private List<Small> together = new ArrayList<>();
    private long bytesTogether;
    private volatile TargetFullException full;

    /** A small file, and its blocks, which are on their way. */
    private record Small(Node node, FileContentReader.Prepared content) {}

    FileWriters(
            RestoreTarget target,
            FileContentReader contents,
            SourceKey key,
            int epoch,
            RestoreLog log,
            ProgressListener progress) {
        this.target = target;
        this.contents = contents;
        this.back = new BackReferences(contents);
        this.key = key;
        this.epoch = epoch;
        this.log = log;
        this.progress = progress;
    }

    /** Writes a file, now or soon. */
    void write(Entry entry, ContentSource source) throws IOException, InterruptedException {
        requireSound();
        if (entry.content() instanceof FileContent.Extents small
                && small.extents().size() <= SMALL
                && contents.canPrepare(small.extents())) {
            if (!back.defer(entry, small)) {
                add(entry.node(), small);
            } else if (back.isFull()) {
                writeDeferred();
            }
        } else {
            handOver();
            ChunkIdHash hash = hash();
            writeNow(entry.node(), taker -> contents.read(source.extents(entry), taker, hash));
            hashes.add(hash);
        }
    }

    private void writeDeferred() throws InterruptedException, TargetFullException {
        for (Entry entry : back.take()) {
            requireSound();
            add(entry.node(), (FileContent.Extents) entry.content());
        }
    }

    private void add(Node node, FileContent.Extents content) throws InterruptedException {
        Optional<FileContentReader.Prepared> prepared = contents.tryPrepare(content.extents());
        if (prepared.isEmpty()) {
            // Who waits for room may hold no blocks.
            handOver();
            prepared = Optional.of(contents.prepare(content.extents()));
        }
        together.add(new Small(node, prepared.get()));
        bytesTogether += node.size();
        if (together.size() >= MOST_TOGETHER || bytesTogether >= MOST_BYTES_TOGETHER) {
            handOver();
        }
    }

    private void handOver() throws InterruptedException {
        if (!together.isEmpty()) {
            List<Small> files = together;
            together = new ArrayList<>();
            bytesTogether = 0;
            workers.execute(() -> writeSoon(files));
        }
    }

    /** Waits until everything is written. */
    void finish() throws IOException, InterruptedException {
        writeDeferred();
        handOver();
        workers.await();
        requireSound();
    }

    private void requireSound() throws TargetFullException {
        if (full != null) {
            throw full;
        }
        workers.requireSound();
    }

    private void writeSoon(List<Small> files) {
        try {
            for (Small file : files) {
                if (Thread.currentThread().isInterrupted() || !workers.isSound()) {
                    return;
                }
                writeSoon(file.node(), file.content());
            }
        } finally {
            files.forEach(file -> file.content().release());
        }
    }

    private void writeSoon(Node node, FileContentReader.Prepared prepared) {
        try {
            if (full == null) {
                ChunkIdHash hash = hash();
                writeNow(node, taker -> prepared.read(taker, hash));
                hashes.add(hash);
            }
        } catch (TargetFullException e) {
            full = e;
        } catch (IOException e) {
            log.failed(node.path(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.failed(node.path(), "unexpected failure: " + e);
        } finally {
            prepared.release();
        }
    }

    private ChunkIdHash hash() throws IOException {
        ChunkIdHash hash = hashes.poll();
        return hash == null ? key.chunkIdHash(epoch) : hash;
    }

    /** Hands a file's content to a taker. */
    private interface Content {
        void read(FileContentReader.Taker taker) throws IOException, InterruptedException;
    }

    private void writeNow(Node node, Content content) throws InterruptedException, TargetFullException {
        try (OpenFile file = target.file(node)) {
            content.read(new FileContentReader.Taker() {
                @Override
                public void zeros(long length) throws IOException {
                    file.hole(length);
                    progress.bytes(length);
                }

                @Override
                public void bytes(byte[] buffer, int offset, int length) throws IOException {
                    file.write(buffer, offset, length);
                    progress.bytes(length);
                }
            });
            file.finish();
            log.files.incrementAndGet();
            log.bytes.addAndGet(node.size());
        } catch (TargetFullException e) {
            throw e;
        } catch (TargetException e) {
            log.failed(node.path(), e.getMessage());
        } catch (IOException e) {
            log.failed(node.path(), "its content could not be read: " + e.getMessage());
        }
        progress.entries(1);
    }

    @Override
    public void close() {
        // What has not begun holds blocks, which go with the cache.
        workers.close();
    }
}
