package io.jenkins.plugins.provenbackup.engine.storage.vfs;

import io.jenkins.plugins.provenbackup.engine.storage.Contents;
import io.jenkins.plugins.provenbackup.engine.storage.Payload;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;

/**
 * The content of a payload on its way to a server. Each read tells the progress; what fails is a {@link StorageException},
 * so that it is told from the server's errors; a payload of another size than it had promised fails.
 */
public final class PayloadInputStream extends InputStream {

    private final InputStream content;
    private final Payload payload;
    private final VfsProgress progress;
    private long read;

    private PayloadInputStream(InputStream content, Payload payload, VfsProgress progress) {
        this.content = content;
        this.payload = payload;
        this.progress = progress;
    }

    /** From the payload's begin; the caller closes the stream. */
    public static PayloadInputStream open(Payload payload, VfsProgress progress) throws StorageException {
        try {
            return new PayloadInputStream(payload.open(), payload, progress);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public int read() throws StorageException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws StorageException {
        progress.moved();
        int n;
        try {
            n = content.read(bytes, offset, length);
        } catch (IOException e) {
            throw unreadable(e);
        }
        read += Math.max(n, 0);
        if (n < 0 || read > payload.size()) {
            Contents.requireComplete(read, payload);
        }
        return n;
    }

    @Override
    public void close() throws StorageException {
        try {
            content.close();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static StorageException unreadable(IOException failure) {
        return failure instanceof StorageException known
                ? known
                : new StorageException("Cannot read the content to be stored: " + failure.getMessage(), failure);
    }
}
