package io.jenkins.plugins.provenbackup.engine.storage.webdav;

import io.jenkins.plugins.provenbackup.engine.storage.http.HttpBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A stream into a request that a second thread sends, because the HTTP client asks for what it sends. */
final class DavUpload extends OutputStream {

    /** Sends a request with such a body. */
    interface Request {
        void send(HttpBody body) throws IOException;
    }

    private static final int BUFFER = 1 << 17;

    private final PipedOutputStream pipe;
    private final FutureTask<Boolean> sending;
    private boolean closed;

    private DavUpload(PipedOutputStream pipe, FutureTask<Boolean> sending) {
        this.pipe = pipe;
        this.sending = sending;
    }

    static DavUpload start(Request request) throws IOException {
        PipedInputStream content = new PipedInputStream(BUFFER);
        PipedOutputStream pipe = new PipedOutputStream(content);
        FutureTask<Boolean> sending = new FutureTask<>(() -> {
            try (content) {
                request.send(new HttpBody() {
                    @Override
                    public long size() {
                        return -1;
                    }

                    @Override
                    public InputStream open() {
                        return content;
                    }
                });
                return true;
            }
        });
        Thread thread = new Thread(sending, "proven-backup upload");
        thread.setDaemon(true);
        thread.start();
        return new DavUpload(pipe, sending);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            pipe.write(bytes, offset, length);
        } catch (IOException broken) {
            await();
            throw broken;
        }
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            pipe.close();
            await();
        }
    }

    /** Fails as the request did. */
    private void await() throws IOException {
        try {
            sending.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted");
            interrupted.initCause(e);
            throw interrupted;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
        }
    }
}
