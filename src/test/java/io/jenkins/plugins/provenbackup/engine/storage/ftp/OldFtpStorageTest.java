package io.jenkins.plugins.provenbackup.engine.storage.ftp;

import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageContract;
import io.jenkins.plugins.provenbackup.engine.storage.kinds.StorageFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** vsftpd, which has neither MLST nor MLSD. */
class OldFtpStorageTest extends StorageContract {

    @TempDir
    static Path files;

    static VsftpdServer server;

    @BeforeAll
    static void start() throws Exception {
        server = VsftpdServer.start(files);
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    String scheme() {
        return "ftp";
    }

    @Override
    protected Storage open(Path base) throws Exception {
        return StorageFactory.open(server.location(scheme(), base), server.options(), OpenMode.EXISTING);
    }
}
