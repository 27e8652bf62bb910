package io.jenkins.plugins.provenbackup.engine.storage.vfs;

import io.jenkins.plugins.provenbackup.engine.storage.Payload;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import org.apache.commons.vfs2.FileObject;
import org.apache.commons.vfs2.FileSystemException;
import org.apache.commons.vfs2.RandomAccessContent;
import org.apache.commons.vfs2.util.RandomAccessMode;

/** A connection to a remote storage with a VFS file system of its own. Used by one thread at a time, but for abort. */
public abstract class VfsSession implements AutoCloseable {

    private static final int BUFFER = 1 << 17;

    /** The folder or file at an absolute, decoded path; never a cached one. */
    public abstract FileObject resolve(String path) throws FileSystemException;

    /** Whether it makes sense to use this session once more. */
    public abstract boolean isUsable();

    /** Whether it should be kept for later operations; one that has been through a failure may only be good to clean up. */
    public boolean isWorthKeeping() {
        return isUsable();
    }

    /** Breaks the connection, so that a thread that is waiting for the server fails soon; never waits itself. */
    public abstract void abort();

    /** Explains what went wrong; {@code needed} is the number of bytes that were to be written. */
    public abstract StorageException explain(IOException failure, VfsWork work);

    /**
     * Gives a complete temporary file its name. The default suits servers that have no better way: it leaves a moment
     * between check and rename.
     *
     * @throws FileAlreadyExistsException when the name is taken
     */
    public void publish(FileObject temporary, FileObject target) throws IOException {
        if (target.exists()) {
            throw new FileAlreadyExistsException(target.getName().getPath());
        }
        temporary.moveTo(target);
    }

    /**
     * Whether {@link #write} makes a file appear only when it is whole, and never in place of another. Objects are then
     * written under their own names at once, without a temporary one and without {@link #publish}.
     */
    public boolean writesWhole() {
        return false;
    }

    /**
     * Writes a new file in a folder that is there. The default goes through the output stream of VFS.
     *
     * @throws FileAlreadyExistsException when this session writes whole and the name is taken
     */
    public void write(FileObject file, Payload payload, VfsProgress progress) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (InputStream content = PayloadInputStream.open(payload, progress);
                OutputStream remote = file.getContent().getOutputStream()) {
            for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                remote.write(buffer, 0, n);
                progress.moved();
            }
        }
    }

    /**
     * A stream that gives at least {@code length} bytes from an offset, of a file that is long enough. The default seeks in
     * VFS' random access; a protocol that can ask for exactly these bytes does.
     */
    public InputStream read(FileObject file, long offset, int length) throws IOException {
        RandomAccessContent range = file.getContent().getRandomAccessContent(RandomAccessMode.READ);
        range.seek(offset);
        return new FilterInputStream(range.getInputStream()) {
            @Override
            public void close() throws IOException {
                range.close();
            }
        };
    }

    /**
     * Writes a file over another one, for a session that {@linkplain #writesWhole writes whole}: readers see the old one or the
     * new one and nothing between.
     */
    public void overwrite(FileObject file, Payload payload, VfsProgress progress) throws IOException {
        throw new UnsupportedOperationException("a session that writes whole must say how it overwrites");
    }

    /** Gives a complete temporary file its name, which another may have; the default leaves a moment without either. */
    public void replace(FileObject temporary, FileObject target) throws IOException {
        temporary.moveTo(target);
    }

    /** A write ended early: whatever it left on the way must not confuse the next request. Never fails. */
    public void transferFailed() {
        // Most protocols need nothing.
    }

    /** What this protocol can do for a plain tree; the default is what every VFS provider can. */
    public PlainVerbs plainVerbs() {
        return new PlainVerbs(this);
    }

    @Override
    public abstract void close();
}
