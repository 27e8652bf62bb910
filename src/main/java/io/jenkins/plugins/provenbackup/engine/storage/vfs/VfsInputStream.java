package io.jenkins.plugins.provenbackup.engine.storage.vfs;

import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** Reads an object ahead in large pieces, each under the connection's timeout, and gives the connection back. */
final class VfsInputStream extends InputStream {

    private static final int BUFFER = 1 << 18;

    private final InputStream remote;
    private final VfsConnection connection;
    private final VfsConnections owner;
    private final VfsWork work;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    private boolean closed;

    VfsInputStream(InputStream remote, VfsConnection connection, VfsConnections owner, VfsWork work) {
        this.remote = remote;
        this.connection = connection;
        this.owner = owner;
        this.work = work;
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
    public void close() throws StorageException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (connection.isUsable()) {
                connection.call(work, (session, progress) -> {
                    remote.close();
                    return null;
                });
            }
        } finally {
            owner.giveBack(connection);
        }
    }

    private boolean hasMore() throws IOException {
        if (closed) {
            throw new StorageException("The stream of an object was closed already");
        }
        if (position == limit) {
            position = 0;
            limit = 0;
            limit = connection.call(
                    work,
                    (session, progress) -> new ProgressInputStream(remote, progress).readNBytes(buffer, 0, BUFFER));
        }
        return position < limit;
    }
}
