package io.jenkins.plugins.provenbackup.engine.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

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

    private static final int BUFFER = 1 << 16;

    private final Path root;
    private final LocalFolders folders;
    private final LocalErrors errors;
    private final LocalSync sync = new LocalSync();
    private final Linker linker;

    private LocalStorage(Path root, Linker linker) {
        this.root = root;
        this.linker = linker;
        folders = new LocalFolders(root);
        errors = new LocalErrors(root);
    }

    /**
     * Opens a directory; it may itself be reached through symbolic links.
     *
     * @throws StorageException.Missing when it is not there and the mode is {@link OpenMode#EXISTING}
     */
    public static LocalStorage open(Path directory, OpenMode mode) throws StorageException {
        return open(directory, mode, Files::createLink);
    }

    /** Makes a hard link; fails when the name is taken, or always where the file system has none. */
    interface Linker {
        void link(Path name, Path existing) throws IOException;
    }

    static LocalStorage open(Path directory, OpenMode mode, Linker linker) throws StorageException {
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
        boolean bulk = name.startsWith("archives/") || name.startsWith("catalogs/");
        try {
            if (!bulk) {
                sync.awaitAll();
            }
            PutOutcome outcome = store(name, target, payload, bulk);
            makeDurable(target, bulk);
            return outcome;
        } catch (IOException e) {
            throw errors.explain(e, "write " + name, payload.size());
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
            if (offset < 0 || length < 0 || offset > channel.size() - length) {
                throw RangeErrors.tooShort(name, location(), channel.size(), offset, length);
            }
            ByteBuffer buffer = ByteBuffer.allocate(length);
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, offset + buffer.position()) < 0) {
                    throw RangeErrors.tooShort(name, location(), channel.size(), offset, length);
                }
            }
            return buffer.array();
        } catch (IOException e) {
            throw errors.explain(e, "read " + name, 0);
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
            requireRoot();
            return OptionalLong.empty();
        } catch (IOException e) {
            throw errors.explain(e, "look at " + name, 0);
        }
    }

    @Override
    public List<StoredObject> list(String folder) throws StorageException {
        Path start = ObjectName.checkedFolder(folder).isEmpty() ? root : root.resolve(folder);
        try {
            folders.check(folder);
            return LocalListing.of(root, start);
        } catch (NoSuchFileException e) {
            requireRoot();
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
            requireRoot();
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

    private PutOutcome store(String name, Path target, Payload payload, boolean bulk) throws IOException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            folders.check(ObjectName.folderOf(name));
            return requireSame(name, target, payload);
        }
        Path temporary = target.resolveSibling(ObjectName.newTemporary());
        try {
            write(name, temporary, payload, bulk);
            return publish(temporary, target) ? PutOutcome.STORED : requireSame(name, target, payload);
        } finally {
            discard(temporary);
        }
    }

    // A leftover does no harm, while an error here would hide the one that made it or deny a put that succeeded.
    @SuppressWarnings("EmptyCatch")
    private static void discard(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException left) {
            // prune removes leftovers after a week
        }
    }

    private void write(String name, Path temporary, Payload payload, boolean bulk) throws IOException {
        try (FileChannel channel = create(name, temporary);
                InputStream content = payload.open()) {
            byte[] bytes = new byte[(int) Math.min(BUFFER, Math.max(1, payload.size()))];
            long written = 0;
            for (int n = content.read(bytes); n >= 0; n = content.read(bytes)) {
                for (ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, n); buffer.hasRemaining(); ) {
                    written += channel.write(buffer);
                }
            }
            Contents.requireComplete(written, payload);
            if (!bulk) {
                channel.force(true);
            }
        }
    }

    private FileChannel create(String name, Path temporary) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        folders.create(ObjectName.folderOf(name), sync::laterDirectory);
        try {
            return FileChannel.open(temporary, options, folders.fileMode());
        } catch (NoSuchFileException e) {
            folders.forget();
            requireRoot();
            folders.create(ObjectName.folderOf(name), sync::laterDirectory);
            return FileChannel.open(temporary, options, folders.fileMode());
        }
    }

    /** Returns false when the name is taken. */
    private boolean publish(Path temporary, Path target) throws IOException {
        try {
            linker.link(target, temporary);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException | UnsupportedOperationException e) {
            return move(temporary, target);
        }
    }

    /**
     * For file systems without hard links (FAT, some network mounts). A rename may replace what another process put
     * there since the check, but content never differs for one name except in a conflict of two faulty writers; within
     * this process the lock closes the gap.
     */
    private synchronized boolean move(Path temporary, Path target) throws IOException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        return true;
    }

    private PutOutcome requireSame(String name, Path target, Payload payload) throws IOException {
        BasicFileAttributes attributes = attributes(target);
        if (attributes.isRegularFile() && attributes.size() == payload.size()) {
            try (InputStream stored = Files.newInputStream(target, LinkOption.NOFOLLOW_LINKS)) {
                if (Contents.same(stored, payload)) {
                    LocalSync.forceFile(target);
                    return PutOutcome.ALREADY_THERE;
                }
            }
        }
        throw Contents.conflict(name, location());
    }

    /** Also for an object that was there already: who wrote it may not have lived to force it. */
    private void makeDurable(Path target, boolean bulk) throws IOException {
        if (bulk) {
            sync.later(target);
        } else {
            LocalSync.forceDirectory(target.getParent());
            sync.awaitAll();
        }
    }

    private FileChannel channel(String name) throws IOException {
        Path path = pathOf(name);
        folders.check(ObjectName.folderOf(name));
        return FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    private Path pathOf(String name) {
        return root.resolve(ObjectName.checked(name));
    }

    private void requireRoot() throws StorageException {
        if (!Files.isDirectory(root)) {
            throw LocalErrors.missingRoot(root);
        }
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
