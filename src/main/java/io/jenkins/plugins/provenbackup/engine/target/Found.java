package io.jenkins.plugins.provenbackup.engine.target;

import io.jenkins.plugins.provenbackup.engine.attributes.FileFacts;
import io.jenkins.plugins.provenbackup.engine.attributes.NativeFiles;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What is at a place now, links not followed. Mode and ids are 0 where the file system has none.
 *
 * @param key device and inode
 */
record Found(Type type, long size, Instant mtime, int mode, int uid, int gid, Object key) {

    /** Kinds of entries that are met, though not all are restored. */
    enum Type {
        FILE,
        DIRECTORY,
        SYMLINK,
        OTHER
    }

    private static final String ATTRIBUTES =
            "unix:isRegularFile,isDirectory,isSymbolicLink,size,lastModifiedTime,mode,uid,gid,fileKey";

    static Optional<Found> at(Path path) throws IOException {
        try {
            return Optional.of(look(path));
        } catch (NoSuchFileException | NotDirectoryException absent) {
            return Optional.empty();
        }
    }

    private static Found look(Path path) throws IOException {
        Optional<NativeFiles> files = NativeFiles.ofThisSystem();
        if (files.isPresent()) {
            return of(files.get().look(RawNames.bytesOf(path)));
        }
        if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            BasicFileAttributes basic =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            Type type = type(basic.isRegularFile(), basic.isDirectory(), basic.isSymbolicLink());
            return new Found(type, basic.size(), basic.lastModifiedTime().toInstant(), 0, 0, 0, path);
        }
        Map<String, Object> all = Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        Type type = type((Boolean) all.get("isRegularFile"), (Boolean) all.get("isDirectory"), (Boolean)
                all.get("isSymbolicLink"));
        return new Found(
                type,
                (Long) all.get("size"),
                ((FileTime) all.get("lastModifiedTime")).toInstant(),
                (Integer) all.get("mode") & 07777,
                (Integer) all.get("uid"),
                (Integer) all.get("gid"),
                all.get("fileKey"));
    }

    /** Device and inode. */
    private record FileKey(long device, long inode) {}

    private static Found of(FileFacts facts) {
        int kind = facts.mode() & 0170000;
        return new Found(
                type(kind == 0100000, kind == 0040000, kind == 0120000),
                facts.size(),
                facts.mtime(),
                facts.mode() & 07777,
                (int) facts.uid(),
                (int) facts.gid(),
                new FileKey(facts.device(), facts.inode()));
    }

    boolean is(Type wanted) {
        return type == wanted;
    }

    private static Type type(boolean file, boolean directory, boolean link) {
        return file ? Type.FILE : directory ? Type.DIRECTORY : link ? Type.SYMLINK : Type.OTHER;
    }
}
