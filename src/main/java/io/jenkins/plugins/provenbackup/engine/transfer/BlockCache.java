package io.jenkins.plugins.provenbackup.engine.transfer;

import io.jenkins.plugins.provenbackup.engine.archive.PlainBlock;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
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

    private static final int WORTH_KEEPING = 512 << 10;
    private static final int STEP = 256 << 10;
    private static final int MOST_SPARE = 4;

    private final BlockLoader loader;
    private final ExecutorService loaders;
    private final long budget;
    private final Map<Key, Held> blocks = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;
    private final Deque<byte[]> spare = new ArrayDeque<>();

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
            this.size = sizeFor(length);
            this.content = loaders.submit(() -> loader.load(key.stream(), key.block(), BlockCache.this::room));
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
            while (bytes + sizeFor(length) > budget && bytes > 0) {
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
        if (spare.size() < MOST_SPARE && held.content.isDone()) {
            try {
                byte[] array = held.content.get().bytes();
                if (array.length >= WORTH_KEEPING) {
                    spare.addLast(array);
                }
            } catch (ExecutionException e) {
                // It was never loaded, so there is no array.
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** An array for a plain text: one that was used before, or a new one. Clearing large ones costs as much as decrypting. */
    private synchronized byte[] room(int length) {
        for (Iterator<byte[]> each = spare.iterator(); each.hasNext(); ) {
            byte[] array = each.next();
            if (array.length >= length && array.length <= 2 * length) {
                each.remove();
                return array;
            }
        }
        return new byte[sizeFor(length)];
    }

    /** Large arrays come in steps, so that they fit other blocks later. */
    private static int sizeFor(int length) {
        return length < WORTH_KEEPING ? length : (length + STEP - 1) / STEP * STEP;
    }

    private synchronized void release(Held held) {
        held.users--;
        if (held.users == 0) {
            notifyAll();
        }
    }
}
