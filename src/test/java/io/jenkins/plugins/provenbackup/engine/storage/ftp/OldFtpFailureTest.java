package io.jenkins.plugins.provenbackup.engine.storage.ftp;

import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.RemoteFailureContract;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.engine.storage.kinds.StorageFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** vsftpd with TLS; everybody may log in. */
class OldFtpFailureTest extends RemoteFailureContract {

    @TempDir
    static Path files;

    @TempDir
    static Path keeperFiles;

    static VsftpdServer server;
    static VsftpdServer keeper;

    @BeforeAll
    static void start() throws Exception {
        server = VsftpdServer.start(files);
        keeper = VsftpdServer.start(keeperFiles, "cmds_denied=DELE,RMD");
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
        if (keeper != null) {
            keeper.close();
        }
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public StorageLocation location(Path path, int port) throws Exception {
        return server.location("ftps", path, port);
    }

    @Override
    public StorageOptions options(int port) {
        return server.options();
    }

    @Override
    protected Storage openWithoutRightToDelete(Path path) throws Exception {
        return StorageFactory.open(keeper.location("ftps", path), keeper.options(), OpenMode.EXISTING);
    }
}
