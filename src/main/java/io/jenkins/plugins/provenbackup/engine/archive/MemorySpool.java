package io.jenkins.plugins.provenbackup.engine.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;

/** A spool in a buffer outside the heap, which goes back to its pool. */
final class MemorySpool implements Spool {

    private final ByteBuffer buffer;
    private final Consumer<ByteBuffer> pool;
    /** The next archive overwrites the buffer, so nobody may be reading when it is given back. */
    private final ReadWriteLock inUse = new ReentrantReadWriteLock();

    private volatile int size;
    private boolean released;

    MemorySpool(ByteBuffer buffer, Consumer<ByteBuffer> pool) {
        this.buffer = buffer;
        this.pool = pool;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void append(byte[] bytes, int offset, int length) throws IOException {
        inUse.readLock().lock();
        try {
            requireHeld();
            int end = size;
            buffer.put(end, bytes, offset, length);
            size = end + length;
        } finally {
            inUse.readLock().unlock();
        }
    }

    @Override
    public void read(long position, byte[] bytes, int offset, int length) throws IOException {
        inUse.readLock().lock();
        try {
            requireHeld();
            buffer.get((int) position, bytes, offset, length);
        } finally {
            inUse.readLock().unlock();
        }
    }

    private void requireHeld() throws IOException {
        if (released) {
            throw Spool.released();
        }
    }

    @Override
    public void release() {
        inUse.writeLock().lock();
        try {
            if (!released) {
                released = true;
                pool.accept(buffer);
            }
        } finally {
            inUse.writeLock().unlock();
        }
    }
}
