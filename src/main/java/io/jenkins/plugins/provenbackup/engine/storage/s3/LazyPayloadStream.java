package io.jenkins.plugins.provenbackup.engine.storage.s3;

import io.jenkins.plugins.provenbackup.engine.storage.Payload;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.PayloadInputStream;
import java.io.InputStream;

/** Opens a payload when it is first read, since the SDK's provider of streams may throw nothing. For one thread. */
final class LazyPayloadStream extends InputStream {

    private final Payload payload;
    private final S3Progress progress;
    private PayloadInputStream content;

    LazyPayloadStream(Payload payload, S3Progress progress) {
        this.payload = payload;
        this.progress = progress;
    }

    @Override
    public int read() throws StorageException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws StorageException {
        if (content == null) {
            content = PayloadInputStream.open(payload, progress);
        }
        return content.read(bytes, offset, length);
    }

    @Override
    public void close() throws StorageException {
        if (content != null) {
            content.close();
        }
    }
}
