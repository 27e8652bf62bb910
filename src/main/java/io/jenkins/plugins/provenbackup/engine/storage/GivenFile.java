package io.jenkins.plugins.provenbackup.engine.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What others keep in a file (a private key, host keys, certificates), by its path or as the bytes that would be in it. Immutable
 * but for {@link #close}, which wipes the bytes. Never shows them.
 */
public final class GivenFile implements AutoCloseable {

    private final String name;
    private final Path path;
    private final byte[] content;

    private GivenFile(String name, Path path, byte[] content) {
        this.name = name;
        this.path = path;
        this.content = content;
    }

    /** A file, read whenever it is needed. */
    public static GivenFile of(Path path) {
        return new GivenFile(path.toString(), path, null);
    }

    /**
     * Content that is in no file.
     *
     * @param name what messages call it
     * @param content copied
     */
    public static GivenFile of(String name, byte[] content) {
        return new GivenFile(name, null, content.clone());
    }

    /** Whether there is something to read. */
    public boolean isReadable() {
        return path == null || Files.isReadable(path);
    }

    /** The first bytes of it, for the caller to wipe where they are secret. */
    public byte[] read(int most) throws IOException {
        if (path == null) {
            return Arrays.copyOf(content, Math.min(most, content.length));
        }
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(most);
        }
    }

    /** Whether commands can name it. */
    public boolean isOnDisk() {
        return path != null;
    }

    GivenFile copy() {
        return path == null ? of(name, content) : this;
    }

    @Override
    public void close() {
        if (content != null) {
            Arrays.fill(content, (byte) 0);
        }
    }

    /** Its name, for messages. */
    @Override
    public String toString() {
        return name;
    }
}
