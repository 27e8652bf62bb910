package io.jenkins.plugins.provenbackup.engine.storage.vfs;

import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import java.util.Set;

/** One way to reach a remote storage through Commons VFS. A new destination type is a new implementation of this. */
public interface VfsProtocol {

    /** URI schemes, in lower case. */
    Set<String> schemes();

    /**
     * Connects and logs in; bounded by the options' connect timeout.
     *
     * @throws StorageException.AccessDenied when the log-in fails or the server is not the one it should be
     * @throws StorageException.Transient when there is no connection
     */
    VfsSession connect(StorageLocation location, StorageOptions options) throws StorageException;
}
