package io.jenkins.plugins.provenbackup.engine.serve;

import io.jenkins.plugins.provenbackup.engine.SnapshotReading;
import io.jenkins.plugins.provenbackup.engine.catalog.CatalogChildren;
import io.jenkins.plugins.provenbackup.engine.catalog.Entry;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.Extent;
import io.jenkins.plugins.provenbackup.engine.catalog.ExtentStream;
import io.jenkins.plugins.provenbackup.engine.crypto.ChunkIdHash;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import io.jenkins.plugins.provenbackup.engine.repository.Manifest;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import io.jenkins.plugins.provenbackup.engine.transfer.BlockLoader;
import io.jenkins.plugins.provenbackup.engine.transfer.FailoverListener;
import io.jenkins.plugins.provenbackup.engine.transfer.FileContentReader;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The snapshots that are being read, each with its cache of blocks: as many as are in use, and one more. Thread-safe. A
 * client that stops reading holds up nobody: no lock and no block is held while something is written to it.
 */
final class OpenSnapshots implements AutoCloseable {

    private static final int IDLE = 1;
    private static final int BATCH = 256;
    private static final byte[] ZEROS = new byte[64 << 10];

    private final List<Replica> replicas;
    private final RecoveryKey key;
    private final FailoverListener failovers;
    private final Map<SnapshotId, Open> open = new LinkedHashMap<>(4, 0.75f, true);

    OpenSnapshots(List<Replica> replicas, RecoveryKey key, FailoverListener failovers) {
        this.replicas = List.copyOf(replicas);
        this.key = key;
        this.failovers = failovers;
    }

    /** The entry at a path. */
    Optional<Entry> find(Manifest manifest, EntryPath path) throws IOException {
        Open snapshot = acquire(manifest);
        try {
            synchronized (snapshot) {
                return snapshot.reading.catalog().find(path);
            }
        } finally {
            release(snapshot);
        }
    }

    /** What a directory holds. */
    void children(Manifest manifest, EntryPath directory, EntryTaker taker) throws IOException {
        Open snapshot = acquire(manifest);
        try {
            CatalogChildren children;
            synchronized (snapshot) {
                children = snapshot.reading.catalog().children(directory);
            }
            for (List<Entry> batch = snapshot.batch(children); !batch.isEmpty(); batch = snapshot.batch(children)) {
                for (Entry entry : batch) {
                    taker.take(entry);
                }
            }
        } finally {
            release(snapshot);
        }
    }

    /** Takes one entry after the other. */
    @FunctionalInterface
    interface EntryTaker {
        void take(Entry entry) throws IOException;
    }

    /** Writes bytes of a file, from an offset up to another; only what is needed for these is read. */
    void write(Manifest manifest, Entry entry, long from, long to, OutputStream out)
            throws IOException, InterruptedException {
        Open snapshot = acquire(manifest);
        try {
            ChunkIdHash hash = snapshot.sourceKey.chunkIdHash(manifest.epoch());
            ExtentStream extents = snapshot.extents(entry);
            long at = 0;
            for (Optional<Extent> next = extents.next(); next.isPresent() && at < to; next = extents.next()) {
                long end = at + next.get().span();
                if (end > from) {
                    long first = Math.max(from, at) - at;
                    long last = Math.min(to, end) - at;
                    write(snapshot, next.get(), first, last, hash, out);
                }
                at = end;
            }
        } finally {
            release(snapshot);
        }
    }

    @Override
    public synchronized void close() {
        open.values().forEach(Open::close);
        open.clear();
    }

    private static void write(Open snapshot, Extent extent, long first, long last, ChunkIdHash hash, OutputStream out)
            throws IOException, InterruptedException {
        if (extent instanceof Extent.Hole) {
            for (long left = last - first; left > 0; left -= ZEROS.length) {
                out.write(ZEROS, 0, (int) Math.min(left, ZEROS.length));
            }
            return;
        }
        Piece piece = new Piece();
        Iterator<Extent> one = List.of(extent).iterator();
        snapshot.reading.contents().read(() -> one.hasNext() ? Optional.of(one.next()) : Optional.empty(), piece, hash);
        out.write(piece.bytes, (int) first, (int) (last - first));
    }

    private synchronized Open acquire(Manifest manifest) throws IOException {
        Open snapshot = open.get(manifest.id());
        if (snapshot == null) {
            snapshot = new Open(manifest);
            open.put(manifest.id(), snapshot);
        }
        snapshot.users++;
        return snapshot;
    }

    private synchronized void release(Open snapshot) {
        snapshot.users--;
        long idle = open.values().stream().filter(one -> one.users == 0).count();
        Iterator<Open> eldest = open.values().iterator();
        while (idle > IDLE) {
            Open one = eldest.next();
            if (one.users == 0) {
                one.close();
                eldest.remove();
                idle--;
            }
        }
    }

    /** A copy of a chunk, so that its block can go. */
    private static final class Piece implements FileContentReader.Taker {

        private byte[] bytes = new byte[0];

        @Override
        public void zeros(long length) {
            throw new IllegalStateException("a chunk was asked for");
        }

        @Override
        public void bytes(byte[] buffer, int offset, int length) {
            bytes = Arrays.copyOfRange(buffer, offset, offset + length);
        }
    }

    /** One of them; its catalog is for one thread at a time. */
    private final class Open {

        private final SourceKey sourceKey;
        private final SnapshotReading reading;
        private int users;

        Open(Manifest manifest) throws IOException {
            sourceKey = key.sourceKey(manifest.sourceId()).orElseThrow();
            reading = new SnapshotReading(
                    manifest,
                    sourceKey,
                    header -> StreamKey.open(header, key),
                    replicas,
                    BlockLoader.Access.IN_ORDER,
                    failovers);
        }

        synchronized List<Entry> batch(CatalogChildren children) throws IOException {
            List<Entry> batch = new ArrayList<>();
            for (Optional<Entry> child = children.next(); child.isPresent(); child = children.next()) {
                batch.add(child.get());
                if (batch.size() == BATCH) {
                    break;
                }
            }
            return batch;
        }

        ExtentStream extents(Entry entry) {
            ExtentStream extents;
            synchronized (this) {
                extents = reading.catalog().extents(entry);
            }
            return () -> {
                synchronized (this) {
                    return extents.next();
                }
            };
        }

        void close() {
            reading.close();
            sourceKey.close();
        }
    }
}
