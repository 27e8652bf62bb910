package io.jenkins.plugins.provenbackup.engine.storage.local;

import io.jenkins.plugins.provenbackup.engine.storage.Contents;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectName;
import io.jenkins.plugins.provenbackup.engine.storage.Payload;
import io.jenkins.plugins.provenbackup.engine.storage.PutOutcome;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/**
 * Writes the objects of a {@link LocalStorage}: whole or not at all, never over another, and so that what is on the disk
 * refers only to what is there too. Thread-safe.
 */
final class LocalWriter {

    /** Makes a hard link; fails when the name is taken, or always where the file system has none. */
    interface Linker {
        void link(Path name, Path existing) throws IOException;
    }

    private static final int BUFFER = 1 << 16;

    private final Path root;
    private final LocalFolders folders;
    private final LocalSync sync;
    private final Linker linker;

    LocalWriter(Path root, LocalFolders folders, LocalSync sync, Linker linker) {
        this.root = root;
        this.folders = folders;
        this.sync = sync;
        this.linker = linker;
    }

    /** Does what {@link Storage#put} promises. */
    PutOutcome put(String name, Path target, Payload payload) throws IOException {
        boolean bulk = name.startsWith("archives/") || name.startsWith("catalogs/");
        if (!bulk) {
            sync.awaitAll();
        }
        PutOutcome outcome = store(name, target, payload, bulk);
        makeDurable(name, target, bulk);
        return outcome;
    }

    /** Does what {@link Storage#replace} promises, in one step. */
    void replace(String name, Path target, Payload payload) throws IOException {
        Path temporary = target.resolveSibling(ObjectName.newTemporary());
        try {
            write(name, temporary, payload, false);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            discard(temporary);
        }
        LocalSync.forceDirectory(root.resolve(ObjectName.folderOf(name)));
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
            LocalErrors.requireRoot(root);
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
        BasicFileAttributes attributes =
                Files.readAttributes(target, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isRegularFile() && attributes.size() == payload.size()) {
            try (InputStream stored = Files.newInputStream(target, LinkOption.NOFOLLOW_LINKS)) {
                if (Contents.same(stored, payload)) {
                    LocalSync.forceFile(target);
                    return PutOutcome.ALREADY_THERE;
                }
            }
        }
        throw Contents.conflict(name, root.toString());
    }

    /** Also for an object that was there already: who wrote it may not have lived to force it. */
    private void makeDurable(String name, Path target, boolean bulk) throws IOException {
        if (bulk) {
            sync.later(target);
        } else {
            LocalSync.forceDirectory(root.resolve(ObjectName.folderOf(name)));
            sync.awaitAll();
        }
    }
}
