package io.jenkins.plugins.provenbackup.engine.storage.local;

import io.jenkins.plugins.provenbackup.engine.storage.ObjectName;
import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.Payload;
import io.jenkins.plugins.provenbackup.engine.storage.PutOutcome;
import io.jenkins.plugins.provenbackup.engine.storage.RangeErrors;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * A directory of this machine. Plain NIO rather than VFS, which can neither force a file to the disk nor create one
 * without overwriting another.
 *
 * <p>An object is written under a temporary name beside its own and then linked to it, which fails when the name is taken:
 * of two writers of one name one wins, whole. Objects under {@code archives/} and {@code catalogs/} are forced to the disk
 * in the background and awaited before any other object is put (see {@link LocalSync}); every other object, and its
 * directory, is on the disk when {@code put} returns.
 *
 * <p>Reads open the file each time: that costs about ten microseconds, while a cached channel would be closed under all
 * its readers when one of them is interrupted.
 */
public final class LocalStorage implements Storage {

    /** The JDK reads through memory outside the heap that every thread keeps; so much stays in a processor's cache. */
    private static final int SLICE = 256 << 10;

    private final Path root;
    private final LocalFolders folders;
    private final LocalErrors errors;
    private final LocalSync sync = new LocalSync();
    private final LocalWriter writer;

    private LocalStorage(Path root, LocalWriter.Linker linker) {
        this.root = root;
        folders = new LocalFolders(root);
        errors = new LocalErrors(root);
        writer = new LocalWriter(root, folders, sync, linker);
    }

    /**
     * Opens a directory; it may itself be reached through symbolic links.
     *
     * @throws StorageException.Missing when it is not there and the mode is {@link OpenMode#EXISTING}
     */
    public static LocalStorage open(Path directory, OpenMode mode) throws StorageException {
        return open(directory, mode, Files::createLink);
    }

    static LocalStorage open(Path directory, OpenMode mode, LocalWriter.Linker linker) throws StorageException {
        Path root = directory.toAbsolutePath().normalize();
        try {
            if (mode == OpenMode.CREATE && !Files.isDirectory(root)) {
                new LocalFolders(root).createRoot();
            }
            if (!Files.isDirectory(root)) {
                throw LocalErrors.missingRoot(root);
            }
            return new LocalStorage(root.toRealPath(), linker);
        } catch (IOException e) {
            throw new LocalErrors(root.getRoot()).explain(e, "open the directory " + root, 0);
        }
    }

    @Override
    public String location() {
        return root.toString();
    }

    @Override
    public PutOutcome put(String name, Payload payload) throws StorageException {
        Path target = pathOf(name);
        try {
            return writer.put(name, target, payload);
        } catch (IOException e) {
            throw errors.explain(e, "write " + name, payload.size());
        }
    }

    @Override
    public void replace(String name, Payload payload) throws StorageException {
        Path target = pathOf(name);
        try {
            writer.replace(name, target, payload);
        } catch (IOException e) {
            throw errors.explain(e, "replace " + name, payload.size());
        }
    }

    @Override
    public InputStream open(String name) throws StorageException {
        try {
            FileChannel channel = channel(name);
            return new LocalInputStream(Channels.newInputStream(channel), e -> errors.explain(e, "read " + name, 0));
        } catch (IOException e) {
            throw errors.explain(e, "read " + name, 0);
        }
    }

    @Override
    public byte[] read(String name, long offset, int length) throws StorageException {
        try (FileChannel channel = channel(name)) {
            // Before the allocation: the length may come from a damaged index.
            requireRange(name, channel, offset, length);
            byte[] bytes = new byte[length];
            fill(name, channel, offset, length, bytes);
            return bytes;
        } catch (IOException e) {
            throw errors.explain(e, "read " + name, 0);
        }
    }

    @Override
    public void read(String name, long offset, int length, byte[] target) throws StorageException {
        try (FileChannel channel = channel(name)) {
            requireRange(name, channel, offset, length);
            fill(name, channel, offset, length, target);
        } catch (IOException e) {
            throw errors.explain(e, "read " + name, 0);
        }
    }

    private void requireRange(String name, FileChannel channel, long offset, int length) throws IOException {
        if (offset < 0 || length < 0 || offset > channel.size() - length) {
            throw RangeErrors.tooShort(name, location(), channel.size(), offset, length);
        }
    }

    private void fill(String name, FileChannel channel, long offset, int length, byte[] target) throws IOException {
        int done = 0;
        while (done < length) {
            ByteBuffer slice = ByteBuffer.wrap(target, done, Math.min(SLICE, length - done));
            int count = channel.read(slice, offset + done);
            if (count < 0) {
                throw RangeErrors.tooShort(name, location(), channel.size(), offset, length);
            }
            done += count;
        }
    }

    @Override
    public OptionalLong size(String name) throws StorageException {
        Path path = pathOf(name);
        try {
            folders.check(ObjectName.folderOf(name));
            BasicFileAttributes attributes = attributes(path);
            return attributes.isRegularFile() ? OptionalLong.of(attributes.size()) : OptionalLong.empty();
        } catch (NoSuchFileException e) {
            LocalErrors.requireRoot(root);
            return OptionalLong.empty();
        } catch (IOException e) {
            throw errors.explain(e, "look at " + name, 0);
        }
    }

    @Override
    public List<StoredObject> list(String folder) throws StorageException {
        return list(folder, last -> !ObjectName.isTemporary(last));
    }

    @Override
    public List<StoredObject> leftovers() throws StorageException {
        return list("", ObjectName::isTemporary);
    }

    private List<StoredObject> list(String folder, Predicate<String> wanted) throws StorageException {
        Path start = ObjectName.checkedFolder(folder).isEmpty() ? root : root.resolve(folder);
        try {
            folders.check(folder);
            return LocalListing.of(root, start, wanted);
        } catch (NoSuchFileException e) {
            LocalErrors.requireRoot(root);
            return List.of();
        } catch (IOException e) {
            throw errors.explain(e, "list " + (folder.isEmpty() ? "the objects" : folder), 0);
        }
    }

    @Override
    public void delete(String name) throws StorageException {
        Path path = pathOf(name);
        try {
            folders.check(ObjectName.folderOf(name));
            if (!attributes(path).isDirectory()) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException e) {
            LocalErrors.requireRoot(root);
        } catch (IOException e) {
            throw errors.explain(e, "delete " + name, 0);
        }
    }

    @Override
    public void close() {
        sync.close();
    }

    @Override
    public String toString() {
        return "LocalStorage[" + root + "]";
    }

    private FileChannel channel(String name) throws IOException {
        Path path = pathOf(name);
        folders.check(ObjectName.folderOf(name));
        return FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    private Path pathOf(String name) {
        return root.resolve(ObjectName.checked(name));
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
