package io.jenkins.plugins.provenbackup.engine.transfer;

import io.jenkins.plugins.provenbackup.engine.archive.ArchiveBytes;
import io.jenkins.plugins.provenbackup.engine.archive.ArchiveReader;
import io.jenkins.plugins.provenbackup.engine.archive.BlockReader;
import io.jenkins.plugins.provenbackup.engine.archive.Codec;
import io.jenkins.plugins.provenbackup.engine.archive.PlainBlock;
import io.jenkins.plugins.provenbackup.engine.archive.SealedBlock;
import io.jenkins.plugins.provenbackup.engine.crypto.CryptoException;
import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import io.jenkins.plugins.provenbackup.engine.repository.ArchiveTable;
import io.jenkins.plugins.provenbackup.engine.repository.Layout;
import io.jenkins.plugins.provenbackup.engine.repository.ObjectRef;
import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntFunction;

/**
 * Loads blocks: finds the archive, reads it from the first destination that gives it intact, decrypts and unpacks. Blocks
 * that lie behind the wanted one are read along, since a restore needs them next. Safe for use by several threads.
 */
public final class BlockLoader implements AutoCloseable {

    private static final int OPEN_ARCHIVES = 32;
    private static final int READ_ALONG_BYTES = 2 << 20;
    private static final int KEPT_BYTES = 16 << 20;

    private final List<Replica> replicas;
    private final ArchiveLocator locator;
    private final StreamKeys keys;
    private final Codec codec;
    private final FailoverListener listener;
    private final Access access;
    private final Map<StreamId, StreamKey> opened = new ConcurrentHashMap<>();
    private final Object opening = new Object();
    private final Map<StreamId, Queue<BlockReader>> readers = new ConcurrentHashMap<>();
    private final Map<Source, Boolean> searched = new HashMap<>();
    private final Map<Source, OpenArchive> archives = new LinkedHashMap<>(16, 0.75f, true);

    /** How blocks will be asked for. */
    public enum Access {
        /** Mostly one after the other: neighbours are read along. */
        IN_ORDER,
        /** A few of them. */
        SINGLE
    }

    /** An archive at a destination. */
    private record Source(ObjectRef archive, Replica replica) {}

    public BlockLoader(
            List<Replica> replicas,
            ArchiveTable table,
            StreamKeys keys,
            Codec codec,
            Access access,
            FailoverListener listener) {
        this.replicas = List.copyOf(replicas);
        this.locator = new ArchiveLocator(table);
        this.keys = keys;
        this.codec = codec;
        this.access = access;
        this.listener = listener;
    }

    /**
     * The plain text of a block.
     *
     * @param room gives an array of at least so many bytes, which may have been used before; it is the caller's
     * @throws IOException when no destination gives it intact
     */
    public PlainBlock load(StreamId stream, long block, IntFunction<byte[]> room) throws IOException {
        ObjectRef archive = locator.find(stream, block)
                .orElseThrow(() -> new DamagedException("The snapshot names no archive for block " + block
                        + " of stream " + stream + ". Restore an older snapshot."));
        IOException failure = null;
        List<OpenArchive> damaged = new ArrayList<>();
        for (Replica replica : replicas) {
            OpenArchive source = archive(new Source(archive, replica));
            if (source.failure().isPresent()) {
                failure = failure == null ? source.failure().get() : failure;
                damaged.add(source);
                continue;
            }
            try {
                return read(source, stream, block, room);
            } catch (IOException e) {
                if (source.fail(e)) {
                    listener.failed(replica, archive, e);
                }
                failure = e;
            }
        }
        // Damage to one block says nothing of the others, and no destination has the archive whole.
        for (OpenArchive source : damaged) {
            if (source.failure().orElseThrow() instanceof CryptoException) {
                try {
                    return read(source, stream, block, room);
                } catch (IOException e) {
                    failure = e;
                }
            }
        }
        if (failure == null) {
            throw new DamagedException("No destination was given to read from.");
        }
        for (Replica replica : replicas) {
            Optional<OpenArchive> earlier = earlierVersion(new Source(archive, replica), failure);
            if (earlier.isPresent()) {
                return read(earlier.get(), stream, block, room);
            }
        }
        throw failure;
    }

    /** An intact version of an archive that somebody overwrote or deleted; it is looked for once. */
    private Optional<OpenArchive> earlierVersion(Source source, IOException why) {
        synchronized (searched) {
            Boolean found = searched.get(source);
            if (found == null) {
                ObjectHash hash = source.archive().hash();
                found = source.replica().recover(Layout.archive(hash), hash, why);
                searched.put(source, found);
                if (found) {
                    synchronized (archives) {
                        archives.remove(source);
                    }
                }
            }
            return found ? Optional.of(archive(source)) : Optional.empty();
        }
    }

    private PlainBlock read(OpenArchive source, StreamId stream, long block, IntFunction<byte[]> room)
            throws IOException {
        SealedBlock sealed = source.block(stream, block);
        StreamKey key = key(stream, source);
        Queue<BlockReader> idle = readers.computeIfAbsent(stream, id -> new ConcurrentLinkedQueue<>());
        BlockReader reader = idle.poll();
        if (reader == null) {
            reader = new BlockReader(key, codec);
        }
        try {
            return reader.read(sealed, room);
        } finally {
            idle.add(reader);
        }
    }

    private StreamKey key(StreamId stream, OpenArchive source) throws IOException {
        StreamKey key = opened.get(stream);
        if (key != null) {
            return key;
        }
        synchronized (opening) {
            key = opened.get(stream);
            if (key == null) {
                key = keys.open(source.header(stream));
                opened.put(stream, key);
            }
            return key;
        }
    }

    private OpenArchive archive(Source source) {
        synchronized (archives) {
            OpenArchive open = archives.computeIfAbsent(source, key -> new OpenArchive(key, access));
            if (archives.size() > OPEN_ARCHIVES) {
                archives.values().stream()
                        .filter(one -> one != open && one.failure().isEmpty())
                        .findFirst()
                        .ifPresent(eldest -> archives.remove(eldest.source));
            }
            return open;
        }
    }

    @Override
    public void close() {
        readers.values().forEach(queue -> queue.forEach(BlockReader::close));
        opened.values().forEach(StreamKey::close);
    }

    /** One archive at one destination: its index, and blocks that were read along. */
    private static final class OpenArchive {

        private final Source source;
        private final Access access;
        private final Map<Long, SealedBlock> kept = new LinkedHashMap<>();
        private int keptBytes;
        private Optional<StreamId> keptStream = Optional.empty();
        private Optional<ArchiveReader> reader = Optional.empty();
        private volatile Optional<IOException> failure = Optional.empty();

        OpenArchive(Source source, Access access) {
            this.source = source;
            this.access = access;
        }

        Optional<IOException> failure() {
            return failure;
        }

        /** Notes that the archive is of no use here; false when that was known. */
        synchronized boolean fail(IOException cause) {
            boolean first = failure.isEmpty();
            failure = Optional.of(cause);
            return first;
        }

        synchronized byte[] header(StreamId stream) throws IOException {
            return reader().streamHeader(stream);
        }

        synchronized SealedBlock block(StreamId stream, long number) throws IOException {
            if (keptStream.filter(stream::equals).isEmpty()) {
                kept.clear();
                keptBytes = 0;
                keptStream = Optional.of(stream);
            }
            SealedBlock block = kept.remove(number);
            if (block != null) {
                keptBytes -= block.length();
                return block;
            }
            if (access == Access.SINGLE) {
                return reader().read(stream, number, number).get(0);
            }
            return readAlong(stream, number);
        }

        private SealedBlock readAlong(StreamId stream, long number) throws IOException {
            if (keptBytes > KEPT_BYTES) {
                kept.clear();
                keptBytes = 0;
            }
            List<SealedBlock> found = reader().readFrom(stream, number, READ_ALONG_BYTES);
            for (SealedBlock block : found.subList(1, found.size())) {
                kept.put(block.number(), block);
                keptBytes += block.length();
            }
            return found.get(0);
        }

        private ArchiveReader reader() throws IOException {
            if (reader.isEmpty()) {
                String name = Layout.archive(source.archive().hash());
                Replica replica = source.replica();
                long size = source.archive().size();
                reader = Optional.of(ArchiveReader.open(new ArchiveBytes() {
                    @Override
                    public long size() {
                        return size;
                    }

                    @Override
                    public byte[] read(long offset, int length) throws IOException {
                        return replica.storage().read(name, offset, length);
                    }
                }));
            }
            return reader.get();
        }
    }
}
