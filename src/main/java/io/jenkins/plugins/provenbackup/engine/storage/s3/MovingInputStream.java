package io.jenkins.plugins.provenbackup.engine.storage.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Notes that bytes go by. */
final class MovingInputStream extends FilterInputStream {

    private final S3Progress progress;

    MovingInputStream(InputStream in, S3Progress progress) {
        super(in);
        this.progress = progress;
    }

    @Override
    public int read() throws IOException {
        progress.moved();
        return super.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        progress.moved();
        int n = super.read(bytes, offset, length);
        progress.moved();
        return n;
    }
}
