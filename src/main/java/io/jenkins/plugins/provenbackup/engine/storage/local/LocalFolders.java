package io.jenkins.plugins.provenbackup.engine.storage.local;

import io.jenkins.plugins.provenbackup.engine.storage.ObjectName;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The directories below a root: created for their owner only, and never a symbolic link. */
final class LocalFolders {

    private final Path root;
    private final FileAttribute<?>[] directoryMode;
    private final FileAttribute<?>[] fileMode;
    private final Set<Path> seen = ConcurrentHashMap.newKeySet();

    LocalFolders(Path root) {
        this.root = root;
        boolean posix = root.getFileSystem().supportedFileAttributeViews().contains("posix");
        directoryMode = mode(posix, "rwx------");
        fileMode = mode(posix, "rw-------");
    }

    /** Attributes of a new file. */
    FileAttribute<?>[] fileMode() {
        return fileMode.clone();
    }

    /** Creates the root itself and what is missing above it. */
    void createRoot() throws IOException {
        createDurably(root);
    }

    private void createDurably(Path directory) throws IOException {
        Path parent = directory.getParent();
        if (Files.isDirectory(directory) || parent == null) {
            return;
        }
        createDurably(parent);
        try {
            Files.createDirectory(directory, directoryMode);
        } catch (FileAlreadyExistsException other) {
            if (!Files.isDirectory(directory)) {
                throw other;
            }
        }
        LocalSync.forceDirectory(parent);
    }

    /** Creates what is missing below the root, and tells which directories got a new entry, before anybody relies on it. */
    void create(String folder, Consumer<Path> changed) throws IOException {
        Path directory = folder.isEmpty() ? root : root.resolve(folder);
        if (seen.contains(directory)) {
            return;
        }
        Path current = root;
        for (String part : folder.isEmpty() ? new String[0] : folder.split("/")) {
            Path parent = current;
            current = current.resolve(part);
            try {
                requireDirectory(current);
            } catch (NoSuchFileException absent) {
                try {
                    Files.createDirectory(current, directoryMode);
                    changed.accept(parent);
                } catch (FileAlreadyExistsException other) {
                    requireDirectory(current);
                }
            }
        }
        seen.add(directory);
    }

    /** Forgets what was seen, since somebody removed a directory. */
    void forget() {
        seen.clear();
    }

    /** Fails when a directory on the way to an object is a symbolic link or no directory. */
    void check(String folder) throws IOException {
        Path directory = folder.isEmpty() ? root : root.resolve(folder);
        if (folder.isEmpty() || seen.contains(directory)) {
            return;
        }
        check(ObjectName.folderOf(folder));
        requireDirectory(directory);
        seen.add(directory);
    }

    private void requireDirectory(Path directory) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(directory, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isDirectory()) {
            throw new StorageException(directory + " is not a directory; symbolic links inside a repository are not"
                    + " followed. Put the real directory in its place.");
        }
    }

    private static FileAttribute<?>[] mode(boolean posix, String permissions) {
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
