package io.jenkins.plugins.provenbackup.engine.storage.sftp;

import com.jcraft.jsch.Session;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.VfsProtocol;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.VfsSession;
import java.util.Set;

/** SFTP through the JSch fork of mwiede, host keys always checked. */
public final class SftpProtocol implements VfsProtocol {

    @Override
    public Set<String> schemes() {
        return Set.of("sftp");
    }

    @Override
    public VfsSession connect(StorageLocation location, StorageOptions options) throws StorageException {
        // JSch takes * ? and \ in every path for a pattern.
        if (location.path().matches("(?s).*[*?\\\\].*")) {
            throw new StorageException(
                    "The path of " + location + " must not contain *, ? or \\: choose another folder.");
        }
        Session session = new SftpLogin(location, options).connect();
        try {
            return new SftpVfsSession(session, location, options.connectTimeout());
        } catch (StorageException | RuntimeException | Error e) {
            session.disconnect();
            throw e;
        }
    }
}
