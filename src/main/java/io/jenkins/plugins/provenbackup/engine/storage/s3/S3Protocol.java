package io.jenkins.plugins.provenbackup.engine.storage.s3;

import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.VfsProtocol;
import io.jenkins.plugins.provenbackup.engine.storage.vfs.VfsSession;
import java.util.Set;

/** A bucket as a tree of files and folders, for those who need one; repositories are kept by {@link S3Storage}. */
public final class S3Protocol implements VfsProtocol {

    @Override
    public Set<String> schemes() {
        return Set.of("s3");
    }

    @Override
    public VfsSession connect(StorageLocation location, StorageOptions options) throws StorageException {
        S3Connection connection = new S3Connection(location, options);
        return new S3Session(connection, new S3Folders(connection));
    }
}
