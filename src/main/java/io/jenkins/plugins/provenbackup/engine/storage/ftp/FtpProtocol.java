package io.jenkins.plugins.provenbackup.engine.storage.ftp;

import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.VfsProtocol;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.VfsSession;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.VfsWork;
import java.io.IOException;
import java.util.Set;

/** FTP: {@code ftp} without TLS, {@code ftps} with explicit and {@code ftpsi} with implicit TLS. */
public final class FtpProtocol implements VfsProtocol {

    @Override
    public Set<String> schemes() {
        return FtpSecurity.schemes();
    }

    @Override
    public VfsSession connect(StorageLocation location, StorageOptions options) throws StorageException {
        // A line break would begin another command.
        if ((location.path() + options.userAt(location).orElse("")).chars().anyMatch(Character::isISOControl)) {
            throw new StorageException("The address of an FTP server must not contain control characters.");
        }
        FtpErrors errors = new FtpErrors(
                location,
                location.port().orElse(FtpSecurity.of(location.scheme()).port()));
        try {
            FtpLink link = FtpLink.open(location, options);
            return new FtpSession(link, new FtpCalls(link), errors);
        } catch (IOException e) {
            throw errors.explain(e, new VfsWork("connect", location.toString(), 0));
        }
    }
}
