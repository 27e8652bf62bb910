package io.jenkins.plugins.provenbackup.engine.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Reads a spool from its start to its end. */
final class SpoolStream extends InputStream {

    private final Spool spool;
    private long position;

    SpoolStream(Spool spool) {
        this.spool = spool;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        int count = (int) Math.min(length, spool.size() - position);
        if (count <= 0) {
            return -1;
        }
        spool.read(position, bytes, offset, count);
        position += count;
        return count;
    }

    @Override
    public long skip(long count) {
        long skipped = Math.max(0, Math.min(count, spool.size() - position));
        position += skipped;
        return skipped;
    }

    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, spool.size() - position);
    }
}
