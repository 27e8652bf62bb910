package io.jenkins.plugins.provenbackup.engine.target;

import io.jenkins.plugins.provenbackup.engine.attributes.AttributesNotSupportedException;
import io.jenkins.plugins.provenbackup.engine.attributes.ExtendedAttributes;
import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What this JDK can do in the target's file system, found by trying it once, so that no entry pays for it.
 *
 * @param modes whether permission bits can be set
 * @param umask permission bits that a new file does not get (from the umask or a default ACL)
 * @param uid who owns a new file
 * @param gid group of a new file
 * @param xattrs whether the file system has extended attributes
 * @param inheritsAttributes whether a new file has some without being given any (from a default ACL)
 * @param linkNanoseconds whether a symbolic link's mtime can be set to the nanosecond
 * @param fractionsBefore1970 whether mtimes before 1970 can have fractions of a second
 * @param foldsCase whether names that differ by case only are one
 */
record Abilities(
        boolean modes,
        int umask,
        int uid,
        int gid,
        boolean xattrs,
        boolean inheritsAttributes,
        boolean linkNanoseconds,
        boolean fractionsBefore1970,
        boolean foldsCase) {

    private static final Instant EXACT = Instant.ofEpochSecond(1_000_000_000, 123_456_789);
    private static final Instant EARLY = Instant.ofEpochSecond(-1_000, 500_000_000);

    /** Tries things in a directory and leaves nothing behind. */
    static Abilities of(Path directory) throws IOException {
        Path file = TemporaryName.in(directory);
        Path link = TemporaryName.in(directory);
        boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("unix");
        try {
            if (posix) {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(EnumSet.allOf(PosixFilePermission.class)));
            } else {
                Files.createFile(file);
            }
            Found created = Found.at(file).orElseThrow(() -> new IOException("a new file vanished from " + directory));
            Path upper = directory.resolve(directory.relativize(file).toString().toUpperCase(Locale.ROOT));
            Optional<List<ByteString>> attributes = attributes(file);
            return new Abilities(
                    posix && setsMode(file),
                    ~created.mode() & 0777,
                    created.uid(),
                    created.gid(),
                    attributes.isPresent(),
                    attributes.stream().flatMap(List::stream).anyMatch(Abilities::isAcl),
                    setsLinkTime(link),
                    setsTime(file, EARLY),
                    Files.exists(upper, LinkOption.NOFOLLOW_LINKS));
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(link);
        }
    }

    /** What a dry run goes by, which may not try anything. */
    static Abilities assumed(Path directory) {
        boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("unix");
        return new Abilities(posix, 0, 0, 0, posix, false, false, false, false);
    }

    private static boolean setsMode(Path file) throws IOException {
        try {
            Files.setAttribute(file, "unix:mode", 0640);
        } catch (IOException refused) {
            return false;
        }
        return Found.at(file).stream().anyMatch(now -> now.mode() == 0640);
    }

    /** Those of a new file; empty where there can be none. */
    private static Optional<List<ByteString>> attributes(Path file) throws IOException {
        try {
            return Optional.of(ExtendedAttributes.ofThisSystem().names(file));
        } catch (AttributesNotSupportedException none) {
            return Optional.empty();
        }
    }

    private static boolean isAcl(ByteString name) {
        return name.toString().startsWith("system.posix_acl_");
    }

    private static boolean setsLinkTime(Path link) {
        try {
            Files.createSymbolicLink(link, Path.of("nowhere"));
            return setsTime(link, EXACT);
        } catch (IOException | UnsupportedOperationException refused) {
            return false;
        }
    }

    private static boolean setsTime(Path path, Instant time) throws IOException {
        Times.set(path, FileTime.from(time), FileTime.from(EXACT), LinkOption.NOFOLLOW_LINKS);
        return Found.at(path).stream().anyMatch(now -> now.mtime().equals(time));
    }
}
