package io.jenkins.plugins.provenbackup.engine.storage.sftp;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.Session;
import java.io.IOException;
import org.apache.commons.vfs2.FileObject;
import org.apache.commons.vfs2.FileSystemException;
import org.apache.commons.vfs2.FileSystemOptions;
import org.apache.commons.vfs2.provider.AbstractFileName;
import org.apache.commons.vfs2.provider.GenericFileName;
import org.apache.commons.vfs2.provider.sftp.SftpFileSystem;

/** The VFS file system of one session; it never reconnects, since its owner decides that. */
final class SftpFiles extends SftpFileSystem {

    private final Session session;

    SftpFiles(GenericFileName root, Session session, FileSystemOptions options) {
        super(root, session, options);
        this.session = session;
    }

    @Override
    protected ChannelSftp getChannel() throws IOException {
        if (!session.isConnected()) {
            throw new IOException("the connection is closed");
        }
        try {
            return super.getChannel();
        } catch (RuntimeException lostMeanwhile) {
            // VFS goes on with a channel that it did not get.
            throw new IOException("the connection was lost", lostMeanwhile);
        }
    }

    /** After a failed write JSch leaves answers unread that it would take for those of the next request. */
    void dropIdleChannel() {
        if (!session.isConnected()) {
            return;
        }
        try {
            // The idle one, if there is one: VFS offers no other way to it.
            getChannel().disconnect();
        } catch (IOException gone) {
            session.disconnect();
        }
    }

    /** Something to do on a channel. */
    interface ChannelWork<T> {
        T on(ChannelSftp channel) throws com.jcraft.jsch.SftpException;
    }

    <T> T withChannel(ChannelWork<T> work) throws IOException {
        ChannelSftp channel = getChannel();
        try {
            return work.on(channel);
        } catch (com.jcraft.jsch.SftpException e) {
            throw new FileSystemException(e);
        } finally {
            putChannel(channel);
        }
    }

    /** Takes a channel back that {@link #getChannel} gave. */
    void giveBack(ChannelSftp channel) {
        putChannel(channel);
    }

    @Override
    protected FileObject createFile(AbstractFileName name) throws FileSystemException {
        return new SftpFile(name, this);
    }
}
