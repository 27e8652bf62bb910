package io.jenkins.plugins.provenbackup.engine.storage;

import io.jenkins.plugins.provenbackup.engine.storage.kinds.StorageFactory;
import java.nio.file.Path;

/** A directory of this machine behind a server. */
public interface RemotePlace {

    /** Where the server listens. */
    int port();

    /** A directory through the server, which seems to listen at this port. */
    StorageLocation location(Path path, int port) throws Exception;

    /** What opens a storage through this port. */
    StorageOptions options(int port) throws Exception;

    /** The directory of the test's repository. */
    Path base();

    /** The directory of the test. */
    Path directory();

    /** Opens the repository's directory. */
    default Storage open() throws Exception {
        return open(options(port()));
    }

    /** Opens the repository's directory in another way. */
    default Storage open(StorageOptions options) throws Exception {
        return StorageFactory.open(location(base(), port()), options, OpenMode.EXISTING);
    }
}
