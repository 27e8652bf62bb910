package io.jenkins.plugins.provenbackup.engine.storage.ftp;

import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.PasswordContract;
import io.jenkins.plugins.provenbackup.engine.storage.RemoteFailureContract;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.engine.storage.kinds.StorageFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** FTP without TLS. */
class FtpFailureTest extends RemoteFailureContract implements PasswordContract {

    @TempDir
    static Path files;

    static ApacheFtpServer server;

    @BeforeAll
    static void start() throws Exception {
        server = ApacheFtpServer.start(files);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public StorageLocation location(Path path, int port) throws Exception {
        return server.location("ftp", ApacheFtpServer.USER, path, port);
    }

    @Override
    public StorageOptions options(int port) {
        return server.options();
    }

    /** This server says 551 of any failure. */
    @Override
    protected Class<? extends StorageException> whenFull() {
        return StorageException.class;
    }

    @Override
    protected Storage openWithoutRightToDelete(Path path) throws Exception {
        return StorageFactory.open(
                server.location("ftp", ApacheFtpServer.KEEPER, path, port()), server.options(), OpenMode.EXISTING);
    }
}
