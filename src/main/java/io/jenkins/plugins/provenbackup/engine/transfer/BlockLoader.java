package io.jenkins.plugins.provenbackup.engine.transfer;

import io.jenkins.plugins.provenbackup.engine.archive.BlockReader;
import io.jenkins.plugins.provenbackup.engine.archive.Codec;
import io.jenkins.plugins.provenbackup.engine.archive.PlainBlock;
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

    private final List<Replica> replicas;
    private final ArchiveLocator locator;
    private final StreamKeys keys;
    private final Codec codec;
    private final FailoverListener listener;
    private final Access access;
    private final Map<StreamId, StreamKey> opened = new ConcurrentHashMap<>();
    private final Object opening = new Object();
    private final Map<StreamId, Queue<BlockReader>> readers = new ConcurrentHashMap<>();
    private final SpareArrays spare = new SpareArrays();
    private final ReadAlong readAlong = new ReadAlong();
    private final Map<OpenArchive.Source, Boolean> searched = new HashMap<>();
    private final Map<OpenArchive.Source, OpenArchive> archives = new LinkedHashMap<>(16, 0.75f, true);

    /** How blocks will be asked for. */
    public enum Access {
        /** Mostly one after the other: neighbours are read along. */
        IN_ORDER,
        /** A few of them. */
        SINGLE
    }

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
        List<ObjectRef> holders = locator.find(stream, block);
        if (holders.isEmpty()) {
            throw new DamagedException("The snapshot names no archive for block " + block + " of stream " + stream
                    + ". Restore an older snapshot.");
        }
        for (ObjectRef archive : holders.subList(1, holders.size())) {
            try {
                return load(archive, stream, block, room);
            } catch (IOException e) {
                // The listener was told; the block lies in another archive, too.
            }
        }
        return load(holders.get(0), stream, block, room);
    }

    private PlainBlock load(ObjectRef archive, StreamId stream, long block, IntFunction<byte[]> room)
            throws IOException {
        IOException failure = null;
        List<OpenArchive> damaged = new ArrayList<>();
        for (Replica replica : replicas) {
            OpenArchive source = archive(new OpenArchive.Source(archive, replica));
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
            Optional<OpenArchive> earlier = earlierVersion(new OpenArchive.Source(archive, replica), failure);
            if (earlier.isPresent()) {
                return read(earlier.get(), stream, block, room);
            }
        }
        throw failure;
    }

    /** An intact version of an archive that somebody overwrote or deleted; it is looked for once. */
    private Optional<OpenArchive> earlierVersion(OpenArchive.Source source, IOException why) {
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
        ReadAlong.Sealed sealed = source.block(stream, block);
        StreamKey key = key(stream, source);
        Queue<BlockReader> idle = readers.computeIfAbsent(stream, id -> new ConcurrentLinkedQueue<>());
        BlockReader reader = idle.poll();
        if (reader == null) {
            reader = new BlockReader(key, codec);
        }
        try {
            return reader.read(sealed.block(), room);
        } finally {
            sealed.batch().opened();
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

    private OpenArchive archive(OpenArchive.Source source) {
        synchronized (archives) {
            OpenArchive open = archives.computeIfAbsent(source, key -> new OpenArchive(key, access, spare, readAlong));
            if (archives.size() > OPEN_ARCHIVES) {
                archives.values().stream()
                        .filter(one -> one != open && one.failure().isEmpty())
                        .findFirst()
                        .ifPresent(eldest -> archives.remove(eldest.source()));
            }
            return open;
        }
    }

    @Override
    public void close() {
        readers.values().forEach(queue -> queue.forEach(BlockReader::close));
        opened.values().forEach(StreamKey::close);
    }
}
