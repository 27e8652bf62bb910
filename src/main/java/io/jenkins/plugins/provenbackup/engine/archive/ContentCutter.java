package io.jenkins.plugins.provenbackup.engine.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;

/**
 * Cuts contents into chunks and holes, one content after the other, in constant memory: a buffer of one longest chunk and a
 * little. For one thread.
 */
public final class ContentCutter {

    /** Large enough to make system calls cheap, small enough that the bytes are still in the cache when they are cut. */
    private static final int READ = 256 << 10;

    /** Reads like {@link InputStream#read(byte[], int, int)}. */
    private interface Content {
        int read(byte[] buffer, int offset, int length) throws IOException;
    }

    private final Chunker chunker;
    private final Chunker.Scan scan = new Chunker.Scan();
    private final byte[] buffer;
    private final ByteBuffer view;

    private Content content = (target, offset, length) -> -1;
    /** Where the next piece begins in the buffer, and in the content. */
    private int start;

    private long position;
    /** End of what was read into the buffer. */
    private int limit;
    /** In the buffer: up to here no zero window begins. */
    private int clear;

    private boolean ended;

    /** A cutter that finds the ends of chunks with the given chunker. */
    public ContentCutter(Chunker chunker) {
        this.chunker = chunker;
        this.buffer = new byte[chunker.parameters().maximum() + READ + ZeroWindows.SIZE];
        this.view = ByteBuffer.wrap(buffer);
    }

    /** Begins a new content, which must be in blocking mode; the caller closes it. */
    public void start(ReadableByteChannel channel) {
        start((target, offset, length) ->
                channel.read(view.limit(offset + length).position(offset)));
    }

    /** Begins a new content; the caller closes it. */
    public void start(InputStream stream) {
        start(stream::read);
    }

    private void start(Content next) {
        content = next;
        start = 0;
        position = 0;
        limit = 0;
        clear = 0;
        ended = false;
        scan.restart();
    }

    /**
     * The next piece, or nothing at the end of the content. Makes the bytes of the piece before it invalid.
     *
     * @throws InterruptedIOException when the thread is interrupted; the interrupt stays set
     * @throws IOException when reading fails; what was cut before is valid
     */
    public Optional<Piece> next() throws IOException {
        scan.restart();
        clear = alignedUp();
        while (true) {
            boolean hole = findHole();
            if (hole && clear == start) {
                return Optional.of(hole());
            }
            int known = (hole ? clear : provenEnd()) - start;
            int cut = chunker.find(scan, buffer, start, known);
            if (cut > 0) {
                return Optional.of(chunk(cut));
            }
            if (hole || ended) {
                return known == 0 ? Optional.empty() : Optional.of(chunk(known));
            }
            fill();
        }
    }

    /** Moves {@link #clear} to the first zero window from there; false when none is known yet. */
    private boolean findHole() {
        while (limit - clear >= ZeroWindows.SIZE) {
            if (ZeroWindows.isZero(buffer, clear)) {
                return true;
            }
            clear += ZeroWindows.SIZE;
        }
        return false;
    }

    /** Up to here what is in the buffer is known to be no part of a hole. */
    private int provenEnd() {
        return ended ? limit : Math.min(clear, limit);
    }

    private Piece hole() throws IOException {
        long length = 0;
        while (limit - start >= ZeroWindows.SIZE && ZeroWindows.isZero(buffer, start)) {
            start += ZeroWindows.SIZE;
            length += ZeroWindows.SIZE;
            while (limit - start < ZeroWindows.SIZE && !ended) {
                fill();
            }
        }
        position += length;
        return new Piece.Hole(length);
    }

    private Piece chunk(int length) {
        Piece piece = new Piece.Chunk(buffer, start, length);
        start += length;
        position += length;
        return piece;
    }

    /** Where the first window begins that is not before the next piece, in the buffer. */
    private int alignedUp() {
        return start + (int) (-position & (ZeroWindows.SIZE - 1));
    }

    private void fill() throws IOException {
        if (buffer.length - limit < READ) {
            moveToFront();
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while reading");
        }
        int count = content.read(buffer, limit, Math.min(READ, buffer.length - limit));
        if (count < 0) {
            ended = true;
        } else {
            limit += count;
        }
    }

    private void moveToFront() {
        System.arraycopy(buffer, start, buffer, 0, limit - start);
        limit -= start;
        clear -= start;
        start = 0;
    }
}
