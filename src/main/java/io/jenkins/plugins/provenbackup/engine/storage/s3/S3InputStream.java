package io.jenkins.plugins.provenbackup.engine.storage.s3;

import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.VfsWork;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Reads an object ahead in large pieces, each under the timeout, and gives the connection back. For one thread. */
final class S3InputStream extends InputStream {

    private static final int BUFFER = 1 << 18;

    private final ResponseInputStream<GetObjectResponse> remote;
    private final S3Calls calls;
    private final VfsWork work;
    private final byte[] buffer = new byte[BUFFER];
    private final long size;
    private long received;
    private int position;
    private int limit;
    private boolean closed;

    S3InputStream(ResponseInputStream<GetObjectResponse> remote, S3Calls calls, VfsWork work) {
        this.remote = remote;
        this.calls = calls;
        this.work = work;
        size = remote.response().contentLength();
    }

    @Override
    public int read() throws IOException {
        return hasMore() ? buffer[position++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        if (!hasMore()) {
            return -1;
        }
        int n = Math.min(length, limit - position);
        System.arraycopy(buffer, position, bytes, offset, n);
        position += n;
        return n;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (received < size) {
                // Reading the rest only to use the connection once more would cost more than a new one.
                remote.abort();
            } else {
                calls.later(this::finish);
            }
            calls.release();
        }
    }

    /** What was read whole leaves its connection to the next request. */
    private void finish() {
        try {
            remote.close();
        } catch (IOException e) {
            remote.abort();
        }
    }

    private boolean hasMore() throws IOException {
        if (closed) {
            throw new StorageException("The stream of an object was closed already");
        }
        if (position == limit) {
            position = 0;
            limit = 0;
            limit = calls.callWithPermit(work, progress -> {
                progress.breakBy(remote::abort);
                return new MovingInputStream(remote, progress).readNBytes(buffer, 0, BUFFER);
            });
            received += limit;
            if (limit < BUFFER && received < size) {
                throw new StorageException.Transient(
                        work.failed() + "the connection was cut after " + received + " of " + size + " bytes", null);
            }
        }
        return position < limit;
    }
}
