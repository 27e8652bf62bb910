package io.jenkins.plugins.provenbackup.engine.storage.remote;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream whose end may not come before a number of bytes: a cut connection must not pass for the end of a file. */
public final class CompleteInputStream extends FilterInputStream {

    private long left;

    public CompleteInputStream(InputStream in, long atLeast) {
        super(in);
        left = atLeast;
    }

    @Override
    public int read() throws IOException {
        int b = in.read();
        count(b < 0 ? -1 : 1);
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n = in.read(bytes, offset, length);
        count(n);
        return n;
    }

    private void count(int n) throws EOFException {
        if (n < 0 && left > 0) {
            throw new EOFException("the server ended " + left + " bytes too early");
        }
        left -= Math.max(n, 0);
    }
}
