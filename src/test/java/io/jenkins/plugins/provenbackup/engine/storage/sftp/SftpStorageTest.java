package io.jenkins.plugins.provenbackup.engine.storage.sftp;

import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageContract;
import io.jenkins.plugins.provenbackup.engine.storage.kinds.StorageFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class SftpStorageTest extends StorageContract {

    @TempDir
    static Path server;

    static OpenSshServer sshd;

    @BeforeAll
    static void start() throws Exception {
        sshd = OpenSshServer.start(server);
    }

    @AfterAll
    static void stop() throws Exception {
        if (sshd != null) {
            sshd.close();
        }
    }

    @Override
    protected Storage open(Path base) throws Exception {
        return StorageFactory.open(sshd.location(base), sshd.options(), OpenMode.EXISTING);
    }
}
