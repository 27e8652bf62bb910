package io.jenkins.plugins.provenbackup.engine.storage.ftp;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A file on its way here. Only the server's reply tells the end of a file from a cut data connection, so it is waited for. */
final class FtpDownload extends FilterInputStream {

    private final FtpLink link;
    private long left;
    private boolean finished;

    /** {@code atLeast} is the number of bytes that must come. */
    FtpDownload(InputStream data, FtpLink link, long atLeast) {
        super(data);
        this.link = link;
        left = atLeast;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (finished) {
            return -1;
        }
        int n = in.read(bytes, offset, length);
        left -= Math.max(n, 0);
        if (n < 0) {
            finish();
            link.requireDone("RETR");
            if (left > 0) {
                throw new EOFException("the server ended " + left + " bytes too early");
            }
        }
        return n;
    }

    /** Who has enough ends the transfer; the server's complaint about that is of no interest. */
    @Override
    public void close() throws IOException {
        if (!finished) {
            finish();
        }
    }

    private void finish() throws IOException {
        finished = true;
        try {
            in.close();
            link.client().completePendingCommand();
        } catch (IOException e) {
            link.abort();
            throw e;
        }
    }
}
