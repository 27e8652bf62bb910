package io.jenkins.plugins.provenbackup.engine.storage.vfs;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Notes that bytes have arrived. */
final class ProgressInputStream extends FilterInputStream {

    private final VfsProgress progress;

    ProgressInputStream(InputStream in, VfsProgress progress) {
        super(in);
        this.progress = progress;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n = super.read(bytes, offset, length);
        progress.moved();
        return n;
    }
}
