package io.jenkins.plugins.provenbackup.engine.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Where archives wait for their destinations: a few buffers outside the heap, which are made when first needed and used
 * again, and temporary files when these are all taken. Only encrypted bytes get here. Safe for use by several threads.
 */
public final class SpoolPool implements AutoCloseable {

    private final int bufferSize;
    private final int maximumBuffers;
    private final Path directory;
    private final Deque<ByteBuffer> idle = new ArrayDeque<>();
    private int buffers;
    private int files;
    private boolean closed;

    /**
     * A pool that holds nothing yet.
     *
     * @param bufferSize bytes of a buffer; an archive that may become larger goes to a file
     * @param maximumBuffers most buffers, 0 or more
     * @param directory an existing directory for temporary files
     */
    public SpoolPool(int bufferSize, int maximumBuffers, Path directory) {
        if (bufferSize < 1 || maximumBuffers < 0) {
            throw new IllegalArgumentException(maximumBuffers + " buffers of " + bufferSize + " bytes make no pool");
        }
        this.bufferSize = bufferSize;
        this.maximumBuffers = maximumBuffers;
        this.directory = directory;
    }

    /** Four buffers for archives of this size, then files in {@code directory}. */
    public static SpoolPool of(BlockParameters parameters, Path directory) {
        return new SpoolPool(parameters.archive(), 4, directory);
    }

    /** A spool for at most so many bytes; in memory while a buffer is free that is large enough. */
    Spool acquire(long mostBytes) throws IOException {
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("the pool was closed; nothing can be spooled any more");
            }
            if (mostBytes <= bufferSize) {
                ByteBuffer free = idle.pollFirst();
                if (free != null) {
                    return new MemorySpool(free, this::giveBack);
                }
                if (buffers < maximumBuffers) {
                    buffers++;
                    return new MemorySpool(ByteBuffer.allocateDirect(bufferSize), this::giveBack);
                }
            }
            files++;
        }
        return FileSpool.createIn(directory);
    }

    private synchronized void giveBack(ByteBuffer buffer) {
        if (!closed) {
            idle.addFirst(buffer);
        }
    }

    /** Buffers made so far. */
    synchronized int buffers() {
        return buffers;
    }

    /** Archives that went to temporary files so far, since all buffers were taken. */
    public synchronized int files() {
        return files;
    }

    /** Lets go of all buffers; archives that are not released yet stay readable. */
    @Override
    public synchronized void close() {
        closed = true;
        idle.clear();
    }
}
