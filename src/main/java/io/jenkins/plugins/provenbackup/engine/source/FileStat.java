package io.jenkins.plugins.provenbackup.engine.source;

import io.jenkins.plugins.provenbackup.engine.attributes.FileFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;

/**
 * What one {@code lstat} says.
 *
 * @param size content length in bytes of a file, 0 for anything else
 * @param mode permission bits, 0 to 07777
 */
record FileStat(
        Type type,
        long size,
        int mode,
        long uid,
        long gid,
        Instant mtime,
        Instant ctime,
        long device,
        long inode,
        int links) {

    enum Type {
        FILE,
        DIRECTORY,
        SYMLINK,
        FIFO,
        SOCKET,
        DEVICE,
        OTHER
    }

    private static final String ATTRIBUTES = "unix:mode,ino,dev,nlink,uid,gid,ctime,size,lastModifiedTime";

    private static final int TYPE_BITS = 0170000;

    /** Reads the attributes of a path, not following it when it is a link. */
    static FileStat of(Path path) throws IOException {
        if (!UnixViews.PRESENT) {
            return portable(Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        }
        Map<String, Object> found = Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        int mode = (Integer) found.get("mode");
        Type type = type(mode & TYPE_BITS);
        return new FileStat(
                type,
                type == Type.FILE ? (Long) found.get("size") : 0,
                mode & 07777,
                Integer.toUnsignedLong((Integer) found.get("uid")),
                Integer.toUnsignedLong((Integer) found.get("gid")),
                ((FileTime) found.get("lastModifiedTime")).toInstant(),
                ((FileTime) found.get("ctime")).toInstant(),
                (Long) found.get("dev"),
                (Long) found.get("ino"),
                (Integer) found.get("nlink"));
    }

    /** What the system said. */
    static FileStat of(FileFacts facts) {
        Type type = type(facts.mode() & TYPE_BITS);
        return new FileStat(
                type,
                type == Type.FILE ? facts.size() : 0,
                facts.mode() & 07777,
                facts.uid(),
                facts.gid(),
                facts.mtime(),
                facts.ctime(),
                facts.device(),
                facts.inode(),
                facts.links());
    }

    /** Whether this is the same file in the same state. */
    boolean sameStateAs(FileStat other) {
        return type == other.type
                && size == other.size
                && inode == other.inode
                && device == other.device
                && mtime.equals(other.mtime)
                && ctime.equals(other.ctime);
    }

    private static Type type(int bits) {
        return switch (bits) {
            case 0100000 -> Type.FILE;
            case 0040000 -> Type.DIRECTORY;
            case 0120000 -> Type.SYMLINK;
            case 0010000 -> Type.FIFO;
            case 0140000 -> Type.SOCKET;
            case 0060000, 0020000 -> Type.DEVICE;
            default -> Type.OTHER;
        };
    }

    /** For systems without POSIX attributes: owner 0, the usual modes, no inode. */
    private static FileStat portable(BasicFileAttributes found) {
        Type type = Type.OTHER;
        if (found.isSymbolicLink()) {
            type = Type.SYMLINK;
        } else if (found.isDirectory()) {
            type = Type.DIRECTORY;
        } else if (found.isRegularFile()) {
            type = Type.FILE;
        }
        return new FileStat(
                type,
                type == Type.FILE ? found.size() : 0,
                type == Type.FILE ? 0644 : 0755,
                0,
                0,
                found.lastModifiedTime().toInstant(),
                found.creationTime().toInstant(),
                0,
                0,
                1);
    }
}
