package io.jenkins.plugins.provenbackup.engine.storage;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads no faster than a limit allows. */
final class LimitedInputStream extends FilterInputStream {

    private final RateLimit limit;

    LimitedInputStream(InputStream in, RateLimit limit) {
        super(in);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        LimitedStorage.acquire(limit, 1);
        return super.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n = super.read(bytes, offset, limit.piece(length));
        if (n > 0) {
            LimitedStorage.acquire(limit, n);
        }
        return n;
    }
}
