package io.jenkins.plugins.provenbackup.engine.source;

import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;

/** A file whose presence in a directory asks that what the directory holds is left out. */
public enum Marker {
    /** An entry named {@code .nobackup}, whatever it is: nothing of the directory is kept but itself. */
    NO_BACKUP(".nobackup", Problem.Kind.MARKED_NO_BACKUP),
    /**
     * A regular file {@code CACHEDIR.TAG} that begins with its signature: directory and tag are kept.
     *
     * @see <a href="https://bford.info/cachedir/">Cache Directory Tagging Specification</a>
     */
    CACHE_DIRECTORY("CACHEDIR.TAG", Problem.Kind.CACHE_DIRECTORY);

    private static final byte[] SIGNATURE =
            "Signature: 8a477f597d28d172789f06886806bc55".getBytes(StandardCharsets.US_ASCII);

    private final String file;
    private final Problem.Kind kind;

    Marker(String name, Problem.Kind kind) {
        this.file = name;
        this.kind = kind;
    }

    Problem.Kind kind() {
        return kind;
    }

    String reason() {
        return "it holds " + file;
    }

    boolean marks(Path directory, DirectoryListing listing) {
        return listing.has(file()) && (this == NO_BACKUP || hasSignature(RawNames.resolve(directory, file())));
    }

    /** What is kept of a directory so marked. */
    byte[][] kept() {
        return this == NO_BACKUP ? new byte[0][] : new byte[][] {file()};
    }

    private byte[] file() {
        return file.getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean hasSignature(Path tag) {
        try {
            if (FileStat.of(tag).type() != FileStat.Type.FILE) {
                return false;
            }
            try (FileChannel file = FileChannel.open(tag, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
                InputStream bytes = Channels.newInputStream(file);
                return Arrays.equals(bytes.readNBytes(SIGNATURE.length), SIGNATURE);
            }
        } catch (IOException e) {
            // A tag that cannot be read marks nothing; it is reported when its own turn comes.
            return false;
        }
    }
}
