package io.jenkins.plugins.provenbackup.engine.storage.local;

import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;

/** A stream whose errors are explained. */
final class LocalInputStream extends FilterInputStream {

    private final Function<IOException, StorageException> explain;

    LocalInputStream(InputStream in, Function<IOException, StorageException> explain) {
        super(in);
        this.explain = explain;
    }

    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (IOException e) {
            throw explain.apply(e);
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return super.read(bytes, offset, length);
        } catch (IOException e) {
            throw explain.apply(e);
        }
    }
}
