package io.jenkins.plugins.provenbackup.engine.attributes;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.time.Instant;

/** An open file of {@link NativeFiles}. For one thread at a time, but for {@link #close}, which may come from any, once. */
public final class NativeFile implements Closeable {

    private static final int CLOSED = -1;

    private final NativeFiles files;
    private final byte[] path;
    private int number;

    NativeFile(NativeFiles files, byte[] path, int number) {
        this.files = files;
        this.path = path;
        this.number = number;
    }

    byte[] path() {
        return path;
    }

    int number() throws IOException {
        if (number == CLOSED) {
            throw new ClosedChannelException();
        }
        return number;
    }

    /** Whether it was not closed. */
    public synchronized boolean isOpen() {
        return number != CLOSED;
    }

    /** What the system says of the open file. */
    public synchronized FileFacts look() throws IOException {
        return files.look(this);
    }

    /**
     * Reads on, as a channel does.
     *
     * @return how many bytes; -1 at the end
     */
    public synchronized int read(ByteBuffer target) throws IOException {
        return target.hasRemaining() ? files.read(this, target) : 0;
    }

    /**
     * Writes on.
     *
     * @return how many bytes were written, at least one
     * @throws ClosedByInterruptException when the thread is interrupted
     */
    public synchronized int write(byte[] bytes, int offset, int length) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new ClosedByInterruptException();
        }
        return files.write(this, bytes, offset, length);
    }

    /** Goes on at another place, which may lie behind the end. */
    public synchronized void seek(long position) throws IOException {
        files.seek(this, position);
    }

    /** Gives the file that length; what is new reads as zeros. */
    public synchronized void truncate(long length) throws IOException {
        files.truncate(this, length);
    }

    /** Sets both times, to the nanosecond. */
    public synchronized void setTimes(Instant accessed, Instant modified) throws IOException {
        files.setTimes(this, accessed, modified);
    }

    /** Closes it; does nothing when it is closed. */
    @Override
    public synchronized void close() throws IOException {
        if (number != CLOSED) {
            try {
                files.close(this);
            } finally {
                number = CLOSED;
            }
        }
    }
}
