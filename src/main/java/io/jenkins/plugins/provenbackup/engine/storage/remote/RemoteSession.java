package io.jenkins.plugins.provenbackup.engine.storage.remote;

import io.jenkins.plugins.provenbackup.engine.storage.vfs.VfsSession;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.logging.impl.NoOpLog;
import org.apache.commons.vfs2.FileObject;
import org.apache.commons.vfs2.FileSystem;
import org.apache.commons.vfs2.FileSystemException;
import org.apache.commons.vfs2.FileSystemOptions;
import org.apache.commons.vfs2.cache.NullFilesCache;
import org.apache.commons.vfs2.impl.DefaultFileSystemManager;
import org.apache.commons.vfs2.provider.UriParser;

/** A session whose VFS file system is made of {@link RemoteCalls}. */
public abstract class RemoteSession extends VfsSession {

    private final RemoteCalls calls;
    private final DefaultFileSystemManager manager = new DefaultFileSystemManager();
    private final FileSystem files;

    /** Sends nothing to the server yet. */
    protected RemoteSession(RemoteCalls calls) {
        this.calls = calls;
        try {
            manager.setLogger(new NoOpLog());
            manager.setFilesCache(new NullFilesCache());
            manager.addProvider("remote", new RemoteProvider(calls));
            manager.init();
            files = manager.resolveFile("remote://server/", new FileSystemOptions())
                    .getFileSystem();
        } catch (FileSystemException e) {
            throw new IllegalStateException("a VFS file system without content cannot fail", e);
        }
    }

    @Override
    public FileObject resolve(String path) throws FileSystemException {
        return files.resolveFile(manager.resolveName(files.getRootName(), UriParser.encode(path)));
    }

    @Override
    public InputStream read(FileObject file, long offset, int length) throws IOException {
        return calls.read(pathOf(file), offset, length);
    }

    /** Closes the file system; a subclass closes its connection, too. */
    @Override
    public void close() {
        manager.close();
    }

    /** The absolute, decoded path on the server. */
    protected static String pathOf(FileObject file) {
        return ((RemoteFile) file).path();
    }
}
