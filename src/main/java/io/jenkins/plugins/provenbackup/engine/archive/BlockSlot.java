package io.jenkins.plugins.provenbackup.engine.archive;

import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;

/**
 * A block that chunks are put into. Its number and length are fixed when it is closed. For the thread that uses the
 * {@link StreamWriter}.
 */
public final class BlockSlot {

    private static final int OPEN = -1;

    private final StreamId stream;
    private int number = OPEN;
    private int plainLength = OPEN;

    BlockSlot(StreamId stream) {
        this.stream = stream;
    }

    void close(int itsNumber, int itsLength) {
        number = itsNumber;
        plainLength = itsLength;
    }

    /** The stream that the block belongs to. */
    public StreamId stream() {
        return stream;
    }

    /** Whether nothing more is put into the block. */
    public boolean isClosed() {
        return number != OPEN;
    }

    /**
     * The block's number in its stream, from 0.
     *
     * @throws IllegalStateException while the block is open
     */
    public long number() {
        requireClosed();
        return number;
    }

    /**
     * Length of the block's plain text in bytes.
     *
     * @throws IllegalStateException while the block is open
     */
    public int plainLength() {
        requireClosed();
        return plainLength;
    }

    private void requireClosed() {
        if (!isClosed()) {
            throw new IllegalStateException("the block is still open; close it first");
        }
    }
}
