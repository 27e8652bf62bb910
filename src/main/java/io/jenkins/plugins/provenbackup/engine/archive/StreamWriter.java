package io.jenkins.plugins.provenbackup.engine.archive;

import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.ExecutorService;

/**
 * Writes the chunks of one stream: groups small ones in blocks, compresses and encrypts blocks on the workers' threads, and
 * hands full archives to a sink. For one thread. What fails on a worker is thrown by the next call, and by every call after
 * it; then only {@link #close} is of use.
 */
public final class StreamWriter implements AutoCloseable {

    private final BlockParameters parameters;
    private final BlockPipeline pipeline;
    private int nextNumber;

    private BlockSlot open;
    private byte[] buffer;
    private int length;
    /** Bytes of large chunks since the block of small ones was opened. */
    private long passedBy;

    /**
     * A writer that has written nothing.
     *
     * @param key a new stream's; the caller closes it, after this
     * @param workers any number of threads; the caller shuts them down, after closing this
     * @param sink takes the archives
     * @param spool may be shared with other writers
     */
    public StreamWriter(
            StreamKey key,
            BlockParameters parameters,
            Codec codec,
            ExecutorService workers,
            ArchiveSink sink,
            SpoolPool spool) {
        this.parameters = parameters;
        this.pipeline = new BlockPipeline(key, parameters, codec, workers, sink, spool);
    }

    /**
     * Adds a chunk, which is copied. Waits while too many blocks are on their way.
     *
     * @param size of the chunk, 1 byte to 8 MiB
     * @throws InterruptedException when the thread is interrupted while it waits
     */
    public ChunkPlace add(byte[] content, int offset, int size) throws IOException, InterruptedException {
        Objects.checkFromIndexSize(offset, size, content.length);
        if (size < 1 || size > Packed.BLOCK_LIMIT) {
            throw new IllegalArgumentException("a chunk has 1 byte to 8 MiB, not " + size + " bytes");
        }
        return size >= parameters.largeChunk() ? addLarge(content, offset, size) : addSmall(content, offset, size);
    }

    private ChunkPlace addLarge(byte[] content, int offset, int size) throws IOException, InterruptedException {
        byte[] own = pipeline.buffer(size);
        System.arraycopy(content, offset, own, 0, size);
        BlockSlot slot = new BlockSlot(pipeline.stream());
        submit(slot, own, size);
        passedBy += size;
        if (passedBy >= parameters.archive()) {
            // so that small files do not end up far from their neighbours, nor wait long for their place
            closeBlock();
        }
        return new ChunkPlace(slot, 0, size);
    }

    private ChunkPlace addSmall(byte[] content, int offset, int size) throws IOException, InterruptedException {
        if (open != null && length + size > parameters.smallChunks()) {
            closeBlock();
        }
        if (open == null) {
            buffer = pipeline.buffer(Math.max(size, parameters.smallChunks()));
            open = new BlockSlot(pipeline.stream());
            length = 0;
            passedBy = 0;
        }
        System.arraycopy(content, offset, buffer, length, size);
        ChunkPlace place = new ChunkPlace(open, length, size);
        length += size;
        return place;
    }

    private void submit(BlockSlot slot, byte[] own, int size) throws IOException {
        int number = nextNumber;
        nextNumber = Math.incrementExact(nextNumber);
        slot.close(number, size);
        pipeline.submit(number, own, size);
    }

    /** Closes the block that small chunks are put into, so that all places given out so far have their numbers. */
    public void closeBlock() throws IOException {
        if (open != null) {
            BlockSlot slot = open;
            open = null;
            submit(slot, buffer, length);
        }
    }

    /** Closes the block, and the archive after it; does not wait for that. */
    public void finishArchive() throws IOException {
        closeBlock();
        pipeline.endArchive();
    }

    /**
     * Closes block and archive and waits until the sink has taken the last archive.
     *
     * @throws InterruptedException when the thread is interrupted while it waits
     */
    public void finish() throws IOException, InterruptedException {
        finishArchive();
        pipeline.drain();
    }

    /** Buffers for blocks that were ever needed at once. */
    int buffersMade() {
        return pipeline.buffersMade();
    }

    /** Drops what the sink has not taken yet, and waits for what is running. Does nothing more after {@link #finish}. */
    @Override
    public void close() {
        pipeline.close();
    }
}
