package io.jenkins.plugins.provenbackup.engine.storage.ftp;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A file on its way to the server, whose reply at the end counts, also when it has closed the data connection before. */
final class FtpUpload extends FilterOutputStream {

    private final FtpLink link;
    private boolean finished;

    FtpUpload(OutputStream data, FtpLink link) {
        super(data);
        this.link = link;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            IOException reason = reasonOf(e);
            throw reason;
        }
    }

    @Override
    public void close() throws IOException {
        if (finished) {
            return;
        }
        finish();
        link.requireDone("STOR");
    }

    private void finish() throws IOException {
        finished = true;
        try {
            link.endUpload();
            out.close();
            link.client().completePendingCommand();
        } catch (IOException e) {
            link.abort();
            throw e;
        }
    }

    /** The server says why it closes a data connection; without that word there is only the broken pipe. */
    private IOException reasonOf(IOException broken) {
        finished = true;
        try {
            link.client().completePendingCommand();
            link.requireDone("STOR");
        } catch (FtpReplyException reply) {
            reply.initCause(broken);
            return reply;
        } catch (IOException silent) {
            broken.addSuppressed(silent);
        }
        link.abort();
        return broken;
    }
}
