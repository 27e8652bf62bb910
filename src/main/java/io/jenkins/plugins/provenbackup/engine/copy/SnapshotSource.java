package io.jenkins.plugins.provenbackup.engine.copy;

import io.jenkins.plugins.provenbackup.engine.SnapshotReading;
import io.jenkins.plugins.provenbackup.engine.catalog.Entry;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryStream;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.ExtentStream;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.catalog.StoredEntry;
import io.jenkins.plugins.provenbackup.engine.crypto.ChunkIdHash;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.source.Source;
import io.jenkins.plugins.provenbackup.engine.source.SourceContent;
import io.jenkins.plugins.provenbackup.engine.source.SourceException;
import io.jenkins.plugins.provenbackup.engine.source.SourceItem;
import io.jenkins.plugins.provenbackup.engine.source.SourceProblems;
import io.jenkins.plugins.provenbackup.engine.source.SourceWalk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A snapshot as something that is backed up: its entries are the catalog's, their content is read as for a restore. What is
 * damaged fails the run, since a copy that silently lacks files is none.
 */
final class SnapshotSource implements Source {

    private final SnapshotReading reading;
    private final SourceKey key;
    private final int epoch;
    private final Queue<ChunkIdHash> hashes = new ConcurrentLinkedQueue<>();

    /** Held by whoever reads the catalog, which is for one thread at a time. */
    private final Object reader = new Object();

    SnapshotSource(SnapshotReading reading, SourceKey key, int epoch) {
        this.reading = reading;
        this.key = key;
        this.epoch = epoch;
    }

    @Override
    public SourceWalk walk(SourceProblems problems) throws SourceException {
        try {
            return new Walk(reading.catalog().entries());
        } catch (IOException e) {
            throw new SourceException(e.getMessage(), e);
        }
    }

    private final class Walk implements SourceWalk {

        private final EntryStream entries;

        Walk(EntryStream entries) {
            this.entries = entries;
        }

        @Override
        public Optional<SourceItem> next() throws InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException("the copy was interrupted");
            }
            synchronized (reader) {
                try {
                    return entries.next().map(StoredEntry::entry).map(Item::new);
                } catch (IOException e) {
                    throw new UncheckedIOException(new SourceException(e.getMessage(), e));
                }
            }
        }

        @Override
        public void close() {
            // Nothing is held; the reading is closed by who opened it.
        }
    }

    private final class Item implements SourceItem {

        private final Entry entry;

        Item(Entry entry) {
            this.entry = entry;
        }

        @Override
        public Node node() {
            return entry.node();
        }

        @Override
        public OptionalLong size() {
            return OptionalLong.of(entry.node().size());
        }

        @Override
        public Node complete() {
            return entry.node();
        }

        @Override
        public SourceContent open() throws SourceException {
            if (entry.node().type() != EntryType.FILE) {
                throw new IllegalStateException("'" + entry.path() + "' is no file and has no content");
            }
            ExtentStream extents = reading.catalog().extents(entry);
            ChunkIdHash hash = hash();
            return new StoredContent(
                    entry.path(),
                    () -> {
                        synchronized (reader) {
                            return extents.next();
                        }
                    },
                    reading.contents(),
                    hash,
                    () -> hashes.add(hash));
        }

        private ChunkIdHash hash() throws SourceException {
            ChunkIdHash free = hashes.poll();
            try {
                return free == null ? key.chunkIdHash(epoch) : free;
            } catch (IOException e) {
                throw new SourceException(e.getMessage(), e);
            }
        }

        @Override
        public Optional<SourceItem> again() {
            return Optional.empty();
        }
    }
}
