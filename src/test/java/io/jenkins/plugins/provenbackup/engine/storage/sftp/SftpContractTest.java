package io.jenkins.plugins.provenbackup.engine.storage.sftp;

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

/** What SFTP has in common with the others; what it has not is in {@link SftpFailureTest}. */
class SftpContractTest extends RemoteFailureContract {

    @TempDir
    static Path files;

    @TempDir
    static Path keeperFiles;

    static OpenSshServer sshd;
    static OpenSshServer keeper;

    @BeforeAll
    static void start() throws Exception {
        sshd = OpenSshServer.start(files);
        keeper = OpenSshServer.start(keeperFiles, "-P remove,rmdir");
    }

    @AfterAll
    static void stop() throws Exception {
        if (sshd != null) {
            sshd.close();
        }
        if (keeper != null) {
            keeper.close();
        }
    }

    @Override
    public int port() {
        return sshd.port();
    }

    @Override
    public StorageLocation location(Path path, int port) throws Exception {
        return sshd.location(path, port);
    }

    @Override
    public StorageOptions options(int port) throws Exception {
        return sshd.options().withKnownHosts(sshd.knownHostsFor(port));
    }

    @Override
    protected Storage openWithoutRightToDelete(Path path) throws Exception {
        return StorageFactory.open(keeper.location(path), keeper.options(), OpenMode.EXISTING);
    }
}
