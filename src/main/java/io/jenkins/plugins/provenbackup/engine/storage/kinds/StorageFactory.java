package io.jenkins.plugins.provenbackup.engine.storage.kinds;

import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.PlainTree;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.engine.storage.ftp.FtpProtocol;
import io.jenkins.plugins.provenbackup.engine.storage.local.LocalStorage;
import io.jenkins.plugins.provenbackup.engine.storage.s3.S3Protocol;
import io.jenkins.plugins.provenbackup.engine.storage.s3.S3Storage;
import io.jenkins.plugins.provenbackup.engine.storage.sftp.SftpProtocol;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.VfsProtocol;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.VfsStorage;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.VfsTree;
import io.jenkins.plugins.provenbackup.engine.storage.webdav.DavProtocol;
import io.jenkins.plugins.provenbackup.engine.storage.website.WebProtocol;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/** Opens a storage by its location. A new kind of destination is one more {@link VfsProtocol} in the list. */
public final class StorageFactory {

    private static final List<VfsProtocol> PROTOCOLS =
            List.of(new SftpProtocol(), new DavProtocol(), new FtpProtocol(), new WebProtocol());

    // Not through VFS, which has no words for conditional puts, versions and locks: see docs/decisions.md.
    private static final String S3 = "s3";

    private StorageFactory() {}

    /**
     * Opens a storage; the caller closes it.
     *
     * @throws StorageException.Missing when the base folder is not there and the mode is {@link OpenMode#EXISTING}
     * @throws StorageException.AccessDenied when the log-in fails or the server cannot be trusted
     * @throws StorageException.Transient when the server cannot be reached
     */
    public static Storage open(StorageLocation location, StorageOptions options, OpenMode mode)
            throws StorageException {
        if (location.isLocal()) {
            return LocalStorage.open(Path.of(location.path()), mode);
        }
        if (location.scheme().equals(S3)) {
            return S3Storage.open(location, options.at(location), mode);
        }
        return VfsStorage.open(protocol(location), location, options.at(location), mode);
    }

    /**
     * Opens a remote folder as a tree of plain files; the caller closes it.
     *
     * @throws StorageException as {@link #open} does, and for a local path
     */
    public static PlainTree openTree(StorageLocation location, StorageOptions options, OpenMode mode)
            throws StorageException {
        VfsProtocol protocol = location.scheme().equals(S3) ? new S3Protocol() : protocol(location);
        return VfsTree.open(protocol, location, options.at(location), mode);
    }

    /** All that {@link #open} understands, sorted. */
    public static List<String> supportedSchemes() {
        TreeSet<String> schemes = new TreeSet<>(List.of(StorageLocation.FILE, S3));
        PROTOCOLS.forEach(protocol -> schemes.addAll(protocol.schemes()));
        return List.copyOf(schemes);
    }

    private static VfsProtocol protocol(StorageLocation location) throws StorageException {
        for (VfsProtocol protocol : PROTOCOLS) {
            if (protocol.schemes().contains(location.scheme())) {
                return protocol;
            }
        }
        throw new StorageException("Unknown kind of location \"" + location.scheme()
                + "\". Supported are plain paths and " + String.join(", ", supportedSchemes()) + ".");
    }
}
