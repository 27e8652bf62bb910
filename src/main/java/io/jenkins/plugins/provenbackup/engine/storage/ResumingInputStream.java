package io.jenkins.plugins.provenbackup.engine.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Reads on in pieces of its own after the stream broke, so that a lost connection does not cost the whole object again. */
final class ResumingInputStream extends InputStream {

    private static final int PIECE = 1 << 20;

    private final InputStream stream;
    private final Storage storage;
    private final String name;
    private long position;
    private boolean broken;
    private long size;
    private byte[] piece = new byte[0];
    private int next;

    ResumingInputStream(InputStream stream, Storage storage, String name) {
        this.stream = stream;
        this.storage = storage;
        this.name = name;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        int n = broken ? readPiece(bytes, offset, length) : readStream(bytes, offset, length);
        position += Math.max(n, 0);
        return n;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private int readStream(byte[] bytes, int offset, int length) throws IOException {
        try {
            return stream.read(bytes, offset, length);
        } catch (StorageException e) {
            if (!e.mayPass()) {
                throw e;
            }
            // Gives its connection back before another one is asked for.
            stream.close();
            broken = true;
            size = storage.size(name).orElseThrow(() -> e);
            return readPiece(bytes, offset, length);
        }
    }

    private int readPiece(byte[] bytes, int offset, int length) throws StorageException {
        if (next == piece.length) {
            if (position >= size) {
                return -1;
            }
            piece = storage.read(name, position, (int) Math.min(PIECE, size - position));
            next = 0;
        }
        int n = Math.min(length, piece.length - next);
        System.arraycopy(piece, next, bytes, offset, n);
        next += n;
        return n;
    }
}
