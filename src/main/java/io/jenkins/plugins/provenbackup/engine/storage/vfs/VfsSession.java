package io.jenkins.plugins.provenbackup.engine.storage.vfs;

import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import org.apache.commons.vfs2.FileObject;
import org.apache.commons.vfs2.FileSystemException;

/** A connection to a remote storage with a VFS file system of its own. Used by one thread at a time, but for abort. */
public abstract class VfsSession implements AutoCloseable {

    /** The folder or file at an absolute, decoded path; never a cached one. */
    public abstract FileObject resolve(String path) throws FileSystemException;

    /** Whether it makes sense to use this session once more. */
    public abstract boolean isUsable();

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
