package io.jenkins.plugins.provenbackup.engine.storage.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;

/**
 * What a protocol can do, by absolute decoded paths without a slash at the end. Used by one thread at a time. No call waits
 * without an end when its session is aborted.
 */
public interface RemoteCalls {

    /** What there is at a path; empty only when the server says that nothing is there. */
    Optional<RemoteEntry> look(String path) throws IOException;

    /** What a folder holds, in any order. */
    List<RemoteEntry> list(String folder) throws IOException;

    void createFolder(String path) throws IOException;

    void delete(String path) throws IOException;

    /** Removes a folder that is empty. */
    default void deleteFolder(String path) throws IOException {
        delete(path);
    }

    void rename(String from, String to) throws IOException;

    /** The bytes from an offset, at least {@code length} of them; more may follow. Fails at an end that comes early. */
    InputStream read(String path, long offset, long length) throws IOException;

    /** A new file, which is complete when the stream was closed without an error. */
    OutputStream write(String path) throws IOException;
}
