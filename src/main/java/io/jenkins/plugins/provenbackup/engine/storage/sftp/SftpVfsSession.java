package io.jenkins.plugins.provenbackup.engine.storage.sftp;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SftpException;
import com.jcraft.jsch.SftpStatVFS;
import io.jenkins.plugins.provenbackup.engine.storage.Causes;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.PlainVerbs;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.VfsSession;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.VfsWork;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.time.Duration;
import java.util.Optional;
import org.apache.commons.logging.impl.NoOpLog;
import org.apache.commons.vfs2.FileNotFoundException;
import org.apache.commons.vfs2.FileObject;
import org.apache.commons.vfs2.FileSystemException;
import org.apache.commons.vfs2.cache.NullFilesCache;
import org.apache.commons.vfs2.impl.DefaultFileSystemManager;
import org.apache.commons.vfs2.provider.UriParser;

/** One SSH connection and the VFS file system on it. */
final class SftpVfsSession extends VfsSession {

    private static final long READ_ONLY = 1; // SSH_FXE_STATVFS_ST_RDONLY, PROTOCOL file of OpenSSH

    private final Session session;
    private final String base;
    private final DefaultFileSystemManager manager = new DefaultFileSystemManager();
    private final SftpFiles files;
    private boolean mayRemove = true;

    SftpVfsSession(Session session, StorageLocation location, Duration connectTimeout) throws StorageException {
        this.session = session;
        base = location.path();
        SftpProvider provider = new SftpProvider(session, connectTimeout);
        try {
            manager.setLogger(new NoOpLog());
            manager.setFilesCache(new NullFilesCache());
            manager.addProvider("sftp", provider);
            manager.init();
            files = (SftpFiles)
                    manager.resolveFile("sftp://server/", provider.options()).getFileSystem();
        } catch (FileSystemException e) {
            throw explain(e, new VfsWork("open the server's file system", location.toString(), 0));
        }
    }

    @Override
    public FileObject resolve(String path) throws FileSystemException {
        return files.resolveFile(manager.resolveName(files.getRootName(), UriParser.encode(path)));
    }

    @Override
    public boolean isUsable() {
        return session.isConnected();
    }

    @Override
    public void abort() {
        session.disconnect();
    }

    /**
     * By a hard link, which cannot replace anything. VFS would delete the target first, and JSch renames by OpenSSH's
     * posix-rename, which replaces it. Servers or file systems without hard links get check and rename.
     */
    @Override
    public void publish(FileObject temporary, FileObject target) throws IOException {
        SftpFile from = (SftpFile) temporary;
        SftpFile to = (SftpFile) target;
        if (!mayRemove) {
            renameIfFree(from, to);
            return;
        }
        try {
            from.linkTo(to);
        } catch (IOException noLink) {
            if (!session.isConnected()) {
                throw noLink;
            }
            renameIfFree(from, to);
            return;
        }
        removeIfAllowed(from);
    }

    private static void renameIfFree(SftpFile from, SftpFile to) throws IOException {
        to.refresh();
        if (to.exists()) {
            throw new FileAlreadyExistsException(to.getName().getPath());
        }
        from.renameTo(to);
    }

    /** The object has its name; an account that may not delete leaves one temporary link behind and renames from then on. */
    private void removeIfAllowed(SftpFile temporary) throws IOException {
        try {
            temporary.remove();
        } catch (IOException e) {
            mayRemove = Causes.find(e, SftpException.class)
                    .filter(answer -> answer.id == ChannelSftp.SSH_FX_PERMISSION_DENIED)
                    .isEmpty();
            if (mayRemove) {
                throw e;
            }
        }
    }

    /** By OpenSSH's posix-rename, in one step; a server without it gets a plain rename, which needs the name free. */
    @Override
    public void replace(FileObject temporary, FileObject target) throws IOException {
        SftpFile from = (SftpFile) temporary;
        SftpFile to = (SftpFile) target;
        try {
            from.renameTo(to);
        } catch (IOException e) {
            if (!session.isConnected()) {
                throw e;
            }
            target.refresh();
            if (!target.exists()) {
                throw e;
            }
            to.remove();
            from.renameTo(to);
        }
    }

    @Override
    public PlainVerbs plainVerbs() {
        return new SftpPlainVerbs(this, files);
    }

    @Override
    public void transferFailed() {
        files.dropIdleChannel();
    }

    @Override
    public StorageException explain(IOException failure, VfsWork work) {
        if (failure instanceof StorageException known) {
            return known;
        }
        if (failure instanceof FileNotFoundException) {
            return missing(work);
        }
        Optional<SftpException> answer = Causes.find(failure, SftpException.class);
        boolean answered = answer.isPresent() && answer.get().getCause() == null && session.isConnected();
        if (!answered) {
            String reason = Causes.root(failure).getMessage();
            return new StorageException.Transient(
                    work.failed() + "the connection was lost (" + reason + "). Check the server and the network.",
                    failure);
        }
        return switch (answer.get().id) {
            case ChannelSftp.SSH_FX_NO_SUCH_FILE -> missing(work);
            case ChannelSftp.SSH_FX_PERMISSION_DENIED ->
                new StorageException.AccessDenied(
                        work.failed() + "permission denied. Check owner and mode of the folder on the server.",
                        failure);
            case ChannelSftp.SSH_FX_NO_CONNECTION, ChannelSftp.SSH_FX_CONNECTION_LOST ->
                new StorageException.Transient(work.failed() + "the server lost its connection", failure);
            default -> unspecific(answer.get(), failure, work);
        };
    }

    @Override
    public void close() {
        manager.close();
        session.disconnect();
    }

    private static StorageException missing(VfsWork work) {
        return new StorageException.Missing(work.failed() + "there is no such object, or its folder is gone");
    }

    /** SFTP version 3 says "failure" for a full disk and a read-only one alike, so the disk is asked. */
    private StorageException unspecific(SftpException answer, IOException failure, VfsWork work) {
        String reason = work.failed() + answer.getMessage();
        if (work.needed() > 0) {
            Optional<SftpStatVFS> disk = disk();
            if (disk.isPresent() && (disk.get().getMountFlag() & READ_ONLY) != 0) {
                return new StorageException.AccessDenied(
                        reason + ". The server's file system is mounted read-only.", failure);
            }
            if (disk.isPresent()
                    && (disk.get().getAvailBlocks() * disk.get().getFragmentSize() < work.needed()
                            || disk.get().getAvailINodes() == 0 && disk.get().getINodes() > 0)) {
                return new StorageException.Full(
                        reason + ". The server's disk is full: make room there, or forget snapshots and prune.",
                        failure);
            }
        }
        return new StorageException(
                reason + ". The server gives no reason; a quota or a full disk are common ones.", failure);
    }

    private Optional<SftpStatVFS> disk() {
        try {
            return Optional.of(files.withChannel(channel -> channel.statVFS(base)));
        } catch (IOException unsupported) {
            return Optional.empty();
        }
    }
}
