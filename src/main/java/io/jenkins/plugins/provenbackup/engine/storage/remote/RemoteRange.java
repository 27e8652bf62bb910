package io.jenkins.plugins.provenbackup.engine.storage.remote;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import org.apache.commons.vfs2.provider.AbstractRandomAccessStreamContent;
import org.apache.commons.vfs2.util.RandomAccessMode;

/** Reads from any place to the end of a file. */
final class RemoteRange extends AbstractRandomAccessStreamContent {

    private final RemoteCalls calls;
    private final String path;
    private final long size;
    private long position;
    private DataInputStream stream;

    RemoteRange(RemoteCalls calls, String path, long size) {
        super(RandomAccessMode.READ);
        this.calls = calls;
        this.path = path;
        this.size = size;
    }

    @Override
    public long getFilePointer() {
        return position;
    }

    @Override
    public void seek(long newPosition) throws IOException {
        close();
        position = newPosition;
    }

    @Override
    public long length() {
        return size;
    }

    @Override
    public int skipBytes(int n) throws IOException {
        seek(Math.min(size, position + Math.max(n, 0)));
        return n;
    }

    @Override
    public void close() throws IOException {
        if (stream != null) {
            DataInputStream old = stream;
            stream = null;
            old.close();
        }
    }

    @Override
    protected DataInputStream getDataInputStream() throws IOException {
        if (stream == null) {
            if (position > size) {
                throw new EOFException(path + " has " + size + " bytes");
            }
            stream = new DataInputStream(calls.read(path, position, size - position));
        }
        return stream;
    }
}
