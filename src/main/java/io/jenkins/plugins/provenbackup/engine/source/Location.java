package io.jenkins.plugins.provenbackup.engine.source;

import io.jenkins.plugins.provenbackup.engine.attributes.NativeFiles;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where an entry lies: as bytes for the system's own calls, and as a {@link Path} for Java's, which costs more and is made when
 * it is asked for. Safe for use by several threads.
 */
final class Location {

    private static final Optional<NativeFiles> FILES = NativeFiles.ofThisSystem();

    private final Optional<Location> directory;
    private final byte[] name;
    private final byte[] bytes;
    private volatile Path path;

    private Location(Optional<Location> directory, byte[] name, byte[] bytes, Path path) {
        this.directory = directory;
        this.name = name;
        this.bytes = bytes;
        this.path = path;
    }

    /** That of a path. */
    static Location of(Path path) {
        return new Location(Optional.empty(), new byte[0], RawNames.bytesOf(path.toAbsolutePath()), path);
    }

    /**
     * That of an entry of this directory.
     *
     * @throws IllegalArgumentException when the name cannot be that of one entry here
     */
    Location child(byte[] itsName) {
        if (FILES.isEmpty()) {
            return new Location(Optional.empty(), itsName, new byte[0], RawNames.resolve(path(), itsName));
        }
        int length = bytes.length == 1 ? 0 : bytes.length;
        byte[] joined = new byte[length + 1 + itsName.length];
        System.arraycopy(bytes, 0, joined, 0, length);
        joined[length] = '/';
        System.arraycopy(itsName, 0, joined, length + 1, itsName.length);
        return new Location(Optional.of(this), itsName, joined, null);
    }

    Path path() {
        Path known = path;
        if (known == null) {
            known = RawNames.resolve(directory.orElseThrow().path(), name);
            path = known;
        }
        return known;
    }

    /** For the system's own calls. */
    byte[] bytes() {
        return bytes;
    }

    /** The system's own calls, where there are any. */
    Optional<NativeFiles> files() {
        return FILES;
    }

    /** What is there, not followed when it is a link. */
    FileStat look() throws IOException {
        return FILES.isPresent() ? FileStat.of(FILES.get().look(bytes)) : FileStat.of(path());
    }

    @Override
    public String toString() {
        return path().toString();
    }
}
