package io.jenkins.plugins.provenbackup.engine.storage.sftp;

import com.jcraft.jsch.Session;
import java.time.Duration;
import org.apache.commons.vfs2.FileName;
import org.apache.commons.vfs2.FileSystem;
import org.apache.commons.vfs2.FileSystemOptions;
import org.apache.commons.vfs2.provider.GenericFileName;
import org.apache.commons.vfs2.provider.sftp.SftpFileProvider;
import org.apache.commons.vfs2.provider.sftp.SftpFileSystemConfigBuilder;

/** The VFS provider over one session that is logged in already, so that VFS sees neither host names nor secrets. */
final class SftpProvider extends SftpFileProvider {

    private final Session session;
    private final FileSystemOptions options = new FileSystemOptions();

    SftpProvider(Session session, Duration connectTimeout) {
        this.session = session;
        SftpFileSystemConfigBuilder settings = SftpFileSystemConfigBuilder.getInstance();
        settings.setConnectTimeout(options, connectTimeout);
        settings.setDisableDetectExecChannel(options, true);
        settings.setUserDirIsRoot(options, false);
        settings.setFileNameEncoding(options, "UTF-8");
    }

    FileSystemOptions options() {
        return options;
    }

    @Override
    protected FileSystem doCreateFileSystem(FileName name, FileSystemOptions given) {
        return new SftpFiles((GenericFileName) name, session, given);
    }
}
