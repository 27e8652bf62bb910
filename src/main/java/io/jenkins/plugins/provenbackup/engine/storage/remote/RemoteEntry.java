package io.jenkins.plugins.provenbackup.engine.storage.remote;

import java.time.Instant;

/**
 * What a server tells of a file or folder.
 *
 * @param name the last part of its path, decoded
 * @param kind file or folder
 * @param size in bytes; 0 for a folder
 * @param modified by the server's clock; the epoch when it does not tell
 */
public record RemoteEntry(String name, Kind kind, long size, Instant modified) {

    /** What there is. */
    public enum Kind {
        FILE,
        FOLDER
    }

    public static RemoteEntry file(String name, long size, Instant modified) {
        return new RemoteEntry(name, Kind.FILE, size, modified);
    }

    public static RemoteEntry folder(String name) {
        return new RemoteEntry(name, Kind.FOLDER, 0, Instant.EPOCH);
    }

    /** The last part of an absolute path; empty for the root. */
    public static String lastPart(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The folder of an absolute path; the root's is the root. */
    public static String parentOf(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }
}
