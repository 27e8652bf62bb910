package io.jenkins.plugins.provenbackup.engine.transfer;

import io.jenkins.plugins.provenbackup.engine.archive.ChunkId;
import io.jenkins.plugins.provenbackup.engine.archive.PlainBlock;
import io.jenkins.plugins.provenbackup.engine.catalog.Extent;
import io.jenkins.plugins.provenbackup.engine.catalog.Extent.ChunkRef;
import io.jenkins.plugins.provenbackup.engine.catalog.ExtentStream;
import io.jenkins.plugins.provenbackup.engine.crypto.ChunkIdHash;
import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import io.jenkins.plugins.provenbackup.engine.repository.MovedBlocks;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Reads the content of files in order, chunk by chunk, each checked against its id. Blocks are asked for ahead of their use:
 * for a small file all at once by {@link #prepare}, for a large one as far as the cache has room. Safe for use by several
 * threads.
 */
public final class FileContentReader {

    private static final int AHEAD = 8;

    /** Bytes of blocks that one small file may ask for at once; every cache has room for so many. */
    public static final long MOST_PREPARED = 32 << 20;

    private final BlockCache cache;
    private final MovedBlocks moved;

    /**
     * A reader of one snapshot's files.
     *
     * @param moved where chunks lie whose blocks were moved
     */
    public FileContentReader(BlockCache cache, MovedBlocks moved) {
        this.cache = cache;
        this.moved = moved;
    }

    /** Takes a content. */
    public interface Taker {

        /** The next zeros. */
        void zeros(long length) throws IOException;

        /** The next bytes, in an array that is only lent and must not be changed. */
        void bytes(byte[] buffer, int offset, int length) throws IOException;
    }

    private record Coming(Extent extent, Optional<BlockCache.Held> block) {

        void release() {
            block.ifPresent(BlockCache.Held::release);
        }
    }

    /** A small file's content whose blocks are on their way; whoever has it reads or releases it. */
    public static final class Prepared {

        private final List<Coming> parts;

        private Prepared(List<Coming> parts) {
            this.parts = parts;
        }

        /** Hands the content to the taker and lets the blocks go. */
        public void read(Taker taker, ChunkIdHash hash) throws IOException, InterruptedException {
            try {
                for (Coming part : parts) {
                    give(part, taker, hash);
                }
            } finally {
                release();
            }
        }

        /** Lets the blocks go unread. */
        public void release() {
            parts.forEach(Coming::release);
            parts.clear();
        }
    }

    /** Whether the blocks of these extents fit into the cache together. */
    public boolean canPrepare(List<Extent> extents) {
        long bytes = 0;
        for (Extent extent : extents) {
            bytes += extent instanceof ChunkRef chunk ? find(chunk).blockLength() : 0;
        }
        return bytes <= MOST_PREPARED;
    }

    /** Whether the block of a chunk is in memory, or on its way there. */
    public boolean isAtHand(ChunkRef chunk) {
        ChunkRef found = find(chunk);
        return cache.has(found.stream(), found.block());
    }

    /**
     * The chunk where it lies now. One that cannot lie where the manifest says stays as it is: if its old block is still there,
     * the better; if not, reading it fails.
     *
     * @param chunk as the catalog names it
     */
    public ChunkRef find(ChunkRef chunk) {
        return moved.find(chunk).orElse(chunk);
    }

    /**
     * Asks for all blocks of a small file; waits for room. The blocks of all extents together must fit into the cache, and
     * the caller must hold no others.
     */
    public Prepared prepare(List<Extent> extents) throws InterruptedException {
        Prepared prepared = new Prepared(new ArrayList<>(extents.size()));
        try {
            for (Extent extent : extents) {
                prepared.parts.add(begin(extent));
            }
            return prepared;
        } catch (InterruptedException e) {
            prepared.release();
            throw e;
        }
    }

    /** As {@link #prepare}, but nothing where that would have to wait; the caller may hold other blocks. */
    public Optional<Prepared> tryPrepare(List<Extent> extents) {
        Prepared prepared = new Prepared(new ArrayList<>(extents.size()));
        for (Extent extent : extents) {
            Optional<Coming> coming = tryBegin(extent);
            if (coming.isEmpty()) {
                prepared.release();
                return Optional.empty();
            }
            prepared.parts.add(coming.get());
        }
        return Optional.of(prepared);
    }

    /**
     * Hands a content of any size to the taker.
     *
     * @param hash of the snapshot's epoch, used by no other thread
     */
    public void read(ExtentStream extents, Taker taker, ChunkIdHash hash) throws IOException, InterruptedException {
        Deque<Coming> coming = new ArrayDeque<>();
        try {
            Optional<Extent> next = extents.next();
            while (next.isPresent() || !coming.isEmpty()) {
                boolean room = true;
                while (next.isPresent() && room && coming.size() < AHEAD) {
                    Optional<Coming> begun = coming.isEmpty() ? Optional.of(begin(next.get())) : tryBegin(next.get());
                    begun.ifPresent(coming::add);
                    room = begun.isPresent();
                    next = room ? extents.next() : next;
                }
                give(coming.element(), taker, hash);
                coming.remove().release();
            }
        } finally {
            coming.forEach(Coming::release);
        }
    }

    private Coming begin(Extent named) throws InterruptedException {
        Extent extent = located(named);
        return extent instanceof ChunkRef chunk
                ? new Coming(extent, Optional.of(cache.acquire(chunk.stream(), chunk.block(), chunk.blockLength())))
                : new Coming(extent, Optional.empty());
    }

    private Optional<Coming> tryBegin(Extent named) {
        Extent extent = located(named);
        return extent instanceof ChunkRef chunk
                ? cache.tryAcquire(chunk.stream(), chunk.block(), chunk.blockLength())
                        .map(held -> new Coming(extent, Optional.of(held)))
                : Optional.of(new Coming(extent, Optional.empty()));
    }

    private Extent located(Extent named) {
        return named instanceof ChunkRef chunk ? find(chunk) : named;
    }

    private static void give(Coming one, Taker taker, ChunkIdHash hash) throws IOException, InterruptedException {
        if (one.extent() instanceof ChunkRef chunk) {
            PlainBlock block = one.block().orElseThrow().content();
            check(chunk, block, hash);
            taker.bytes(block.bytes(), chunk.offset(), chunk.length());
        } else {
            taker.zeros(one.extent().span());
        }
    }

    /** Content is only used when it is what the catalog says. */
    private static void check(ChunkRef chunk, PlainBlock block, ChunkIdHash hash) throws DamagedException {
        if (block.length() != chunk.blockLength()
                || !ChunkId.of(hash.of(block.bytes(), chunk.offset(), chunk.length()), 0)
                        .equals(chunk.id())) {
            throw new DamagedException("Block " + chunk.block() + " of stream " + chunk.stream()
                    + " does not hold the chunk that the catalog names: the catalog or the block was made by somebody"
                    + " else, or by a faulty program. Restore an older snapshot.");
        }
    }
}
