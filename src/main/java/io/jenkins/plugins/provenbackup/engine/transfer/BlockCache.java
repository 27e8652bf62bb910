package io.jenkins.plugins.provenbackup.engine.transfer;

import io.jenkins.plugins.provenbackup.engine.archive.PlainBlock;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Blocks that are being loaded, used, or were used a moment ago, within a bound on their bytes. A block that is asked for is
 * loaded on the loaders' threads at once, so asking early is reading ahead. Safe for use by several threads.
 */
public final class BlockCache {

    private final BlockLoader loader;
    private final ExecutorService loaders;
    private final long budget;
    private final Map<Key, Held> blocks = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;
    private final SpareArrays spare = new SpareArrays();

    private record Key(StreamId stream, long block) {

        // Written out: what the JDK makes for records is slow until the optimising compiler has seen it.
        @Override
        public boolean equals(Object other) {
            return other instanceof Key that && block == that.block && stream.equals(that.stream);
        }

        @Override
        public int hashCode() {
            return 31 * stream.hashCode() + Long.hashCode(block);
        }
    }

    /**
     * An empty cache.
     *
     * @param budget most bytes of plain text, above the largest block
     */
    public BlockCache(BlockLoader loader, ExecutorService loaders, long budget) {
        this.loader = loader;
        this.loaders = loaders;
        this.budget = budget;
    }

    /** A block in use. */
    public final class Held {

        private final Key key;
        private final int size;
        private final Future<PlainBlock> content;
        private int users;

        private Held(Key key, int length) {
            this.key = key;
            this.size = SpareArrays.sizeFor(length);
            this.content = loaders.submit(() -> loader.load(key.stream(), key.block(), spare::take));
        }

        /**
         * The block's plain text, which nobody changes. Until {@link #release}: then its array may be used for another.
         *
         * @throws IOException when no destination gives it intact
         */
        public PlainBlock content() throws IOException, InterruptedException {
            try {
                return content.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof IOException failure) {
                    throw failure;
                }
                throw new IllegalStateException(e.getCause());
            }
        }

        /** The user is done with it. */
        public void release() {
            BlockCache.this.release(this);
        }
    }

    /**
     * Begins to use a block; waits while too much is in use. Whoever waits here must hold no block whose release depends on
     * this call.
     *
     * @param length of its plain text
     */
    public synchronized Held acquire(StreamId stream, long block, int length) throws InterruptedException {
        Optional<Held> held = tryAcquire(stream, block, length);
        while (held.isEmpty()) {
            wait();
            held = tryAcquire(stream, block, length);
        }
        return held.get();
    }

    /** Whether a block is here, or on its way. */
    public synchronized boolean has(StreamId stream, long block) {
        return blocks.containsKey(new Key(stream, block));
    }

    /** Begins to use a block if there is room for it now. */
    public synchronized Optional<Held> tryAcquire(StreamId stream, long block, int length) {
        Key key = new Key(stream, block);
        Held held = blocks.get(key);
        if (held == null) {
            while (bytes + SpareArrays.sizeFor(length) > budget && bytes > 0) {
                if (!evict()) {
                    return Optional.empty();
                }
            }
            held = new Held(key, length);
            blocks.put(key, held);
            bytes += held.size;
        }
        held.users++;
        return Optional.of(held);
    }

    private boolean evict() {
        for (Held held : blocks.values()) {
            if (held.users == 0) {
                blocks.remove(held.key);
                bytes -= held.size;
                keepArray(held);
                return true;
            }
        }
        return false;
    }

    /** Nobody uses the block any more; one that is not loaded yet is left to itself. */
    private void keepArray(Held held) {
        if (held.content.isDone()) {
            try {
                spare.giveBack(held.content.get().bytes());
            } catch (ExecutionException e) {
                // It was never loaded, so there is no array.
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized void release(Held held) {
        held.users--;
        if (held.users == 0) {
            notifyAll();
        }
    }
}
