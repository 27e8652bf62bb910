package io.jenkins.plugins.provenbackup.engine.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Reads a stream on a thread of its own, since a read from a pipe cannot be interrupted: the thread that takes the bytes can
 * be. Bounded to a few buffers.
 */
final class InputPump implements AutoCloseable {

    /** A piece of the stream: bytes, its end, or why it broke off. */
    private record Piece(ByteBuffer bytes, boolean last, IOException failure) {}

    private static final int BUFFER = 128 * 1024;

    private static final int BUFFERS = 4;

    private final BlockingQueue<Piece> pieces = new ArrayBlockingQueue<>(BUFFERS);
    private final Thread thread;
    private Piece current = new Piece(ByteBuffer.allocate(0), false, null);

    InputPump(InputStream in, String name) {
        thread = new Thread(() -> pump(in), name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Like {@link java.nio.channels.ReadableByteChannel#read}. */
    int read(ByteBuffer target) throws IOException {
        if (!target.hasRemaining()) {
            return 0;
        }
        while (!current.bytes().hasRemaining()) {
            if (current.failure() != null) {
                throw new IOException(current.failure().getMessage(), current.failure());
            }
            if (current.last()) {
                return -1;
            }
            current = take();
        }
        ByteBuffer from = current.bytes();
        int count = Math.min(from.remaining(), target.remaining());
        target.put(from.slice(from.position(), count));
        from.position(from.position() + count);
        return count;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private Piece take() throws ClosedByInterruptException {
        try {
            return pieces.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClosedByInterruptException();
        }
    }

    private void pump(InputStream in) {
        try {
            boolean last = false;
            while (!last) {
                byte[] buffer = new byte[BUFFER];
                Piece piece;
                try {
                    int length = in.read(buffer);
                    last = length < 0;
                    piece = new Piece(ByteBuffer.wrap(buffer, 0, Math.max(length, 0)), last, null);
                } catch (IOException e) {
                    last = true;
                    piece = new Piece(ByteBuffer.allocate(0), true, e);
                }
                pieces.put(piece);
            }
        } catch (InterruptedException e) {
            // Closed: nobody takes what is left.
            Thread.currentThread().interrupt();
        }
    }
}
