package io.jenkins.plugins.provenbackup.engine.backup;

import io.jenkins.plugins.provenbackup.engine.archive.ChunkId;
import io.jenkins.plugins.provenbackup.engine.archive.ChunkPlace;
import io.jenkins.plugins.provenbackup.engine.archive.StreamWriter;
import io.jenkins.plugins.provenbackup.engine.catalog.Extent.ChunkRef;
import io.jenkins.plugins.provenbackup.engine.crypto.CipherWarmUp;
import io.jenkins.plugins.provenbackup.engine.transfer.ChunkIndex;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Stores chunks, each once: one that the parent, an unfinished run or this run stored is only referred to. The parent's
 * chunks are looked up when the first chunk comes, so an unchanged tree costs nothing. For one thread.
 */
final class ContentStore implements AutoCloseable {

    /** A run that stores less does without a fast cipher; the first block is sealed after this. */
    private static final long WORTH_WARMING_UP = 2 << 20;

    private final StreamWriter writer;
    private final ChunkIndex index;
    private final KnownChunks known;
    private final Map<ChunkId, ChunkPlace> open = new HashMap<>();
    private final Deque<Stored.Placed> closing = new ArrayDeque<>();
    private boolean loaded;
    private boolean warm;
    private long bytesAdded;

    /** Gives the chunks of what came before. */
    interface KnownChunks {

        /** Hands every chunk to the taker that need not be stored again. */
        void forEach(Taker taker) throws IOException, InterruptedException;

        /** Takes a chunk. */
        interface Taker {
            void take(ChunkRef chunk);
        }
    }

    /** Where a chunk is: known already, or in a block of this run that may still be open. */
    sealed interface Stored {

        /** In a block of an archive that exists, or of this run. */
        record Known(ChunkRef chunk) implements Stored {}

        /** In a block of this run. */
        record Placed(ChunkId id, ChunkPlace place) implements Stored {

            boolean isSettled() {
                return place.block().isClosed();
            }

            ChunkRef settled() {
                return new ChunkRef(
                        id,
                        place.block().stream(),
                        place.block().number(),
                        place.block().plainLength(),
                        place.offset(),
                        place.length());
            }
        }
    }

    ContentStore(StreamWriter writer, ChunkIndex index, KnownChunks known) {
        this.writer = writer;
        this.index = index;
        this.known = known;
    }

    /** Stores a chunk unless it is stored already. */
    Stored store(ChunkId id, byte[] buffer, int offset, int length) throws IOException, InterruptedException {
        if (!loaded) {
            loaded = true;
            known.forEach(index::add);
        }
        ChunkPlace place = open.get(id);
        if (place != null) {
            return new Stored.Placed(id, place);
        }
        Optional<ChunkRef> found = index.find(id);
        if (found.isPresent() && found.get().length() == length) {
            return new Stored.Known(found.get());
        }
        if (!warm && bytesAdded + length > WORTH_WARMING_UP) {
            // Here and now: what workers seal before the cipher is fast takes a hundred times as long.
            CipherWarmUp.await();
            warm = true;
        }
        Stored.Placed placed = new Stored.Placed(id, writer.add(buffer, offset, length));
        bytesAdded += length;
        open.put(id, placed.place());
        closing.add(placed);
        settle();
        return placed;
    }

    /** Moves chunks of blocks that were closed meanwhile to the index. */
    private void settle() {
        while (!closing.isEmpty() && closing.peek().isSettled()) {
            Stored.Placed placed = closing.remove();
            open.remove(placed.id());
            index.add(placed.settled());
        }
    }

    /** Plain bytes stored so far. */
    long bytesAdded() {
        return bytesAdded;
    }

    @Override
    public void close() {
        index.close();
    }
}
