package io.jenkins.plugins.provenbackup.engine.storage.vfs;

import io.jenkins.plugins.provenbackup.engine.storage.ObjectName;
import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.Payload;
import io.jenkins.plugins.provenbackup.engine.storage.PutOutcome;
import io.jenkins.plugins.provenbackup.engine.storage.RangeErrors;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.engine.storage.StoredObject;
import java.io.EOFException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.apache.commons.vfs2.FileContent;
import org.apache.commons.vfs2.FileNotFoundException;
import org.apache.commons.vfs2.FileObject;
import org.apache.commons.vfs2.FileSystemException;
import org.apache.commons.vfs2.FileType;

/**
 * A remote storage over any VFS provider that is wrapped in a {@link VfsProtocol}.
 *
 * <p>An object is written under a temporary name and published under its own. When the connection fails while that happens
 * nobody knows whether it did, so a second connection compares what is there. A broken connection is dropped and the next
 * call makes a new one. Durability is the server's: no VFS protocol here can force a file to the server's disk.
 */
public final class VfsStorage implements Storage {

    private static final int BUFFER = 1 << 17;

    private final VfsConnections connections;
    private final String location;
    private final String base;
    private final VfsWriter writer;

    private VfsStorage(VfsConnections connections, StorageLocation location) {
        this.connections = connections;
        this.location = location.toString();
        base = location.path().replaceAll("/+$", "");
        writer = new VfsWriter(this.location, base);
    }

    /**
     * Connects once, to see that the base folder is there; the caller closes the storage.
     *
     * @throws StorageException.Missing when the base folder is not there and the mode is {@link OpenMode#EXISTING}
     */
    public static VfsStorage open(VfsProtocol protocol, StorageLocation location, StorageOptions options, OpenMode mode)
            throws StorageException {
        VfsStorage storage = new VfsStorage(new VfsConnections(protocol, location, options), location);
        try {
            storage.requireBase(mode);
            return storage;
        } catch (StorageException e) {
            storage.close();
            throw e;
        }
    }

    @Override
    public String location() {
        return location;
    }

    @Override
    public PutOutcome put(String name, Payload payload) throws StorageException {
        ObjectName.checked(name);
        VfsWork work = new VfsWork("write " + name, location, payload.size());
        try {
            return connections.call(work, (session, progress) -> writer.store(session, progress, name, payload));
        } catch (StorageException e) {
            if (e.mayPass() && isThereNow(work, name, payload, e)) {
                return PutOutcome.STORED;
            }
            throw e;
        }
    }

    @Override
    public void replace(String name, Payload payload) throws StorageException {
        ObjectName.checked(name);
        VfsWork work = new VfsWork("replace " + name, location, payload.size());
        connections.call(work, (session, progress) -> {
            writer.replace(session, progress, name, payload);
            return name;
        });
    }

    @Override
    public InputStream open(String name) throws StorageException {
        ObjectName.checked(name);
        VfsWork work = new VfsWork("read " + name, location, 0);
        VfsConnection connection = connections.borrow(work);
        try {
            InputStream remote = connection.call(
                    work,
                    (session, progress) ->
                            requireFile(session, name).getContent().getInputStream());
            return new VfsInputStream(remote, connection, connections, work);
        } catch (StorageException | RuntimeException | Error e) {
            connections.giveBack(connection);
            throw e;
        }
    }

    @Override
    public byte[] read(String name, long offset, int length) throws StorageException {
        ObjectName.checked(name);
        VfsWork work = new VfsWork("read " + name, location, 0);
        return connections.call(work, (session, progress) -> {
            FileObject file = requireFile(session, name);
            long size = file.getContent().getSize();
            // Before the allocation: the length may come from a damaged index.
            if (offset < 0 || length < 0 || offset > size - length) {
                throw RangeErrors.tooShort(name, location, size, offset, length);
            }
            byte[] bytes = new byte[length];
            if (length == 0) {
                return bytes;
            }
            try (InputStream range = session.read(file, offset, length)) {
                for (int done = 0; done < length; ) {
                    int n = range.read(bytes, done, Math.min(BUFFER, length - done));
                    if (n < 0) {
                        throw new StorageException.Transient(work.failed() + "its end came early", new EOFException());
                    }
                    done += n;
                    progress.moved();
                }
            }
            return bytes;
        });
    }

    @Override
    public OptionalLong size(String name) throws StorageException {
        ObjectName.checked(name);
        return connections.call(new VfsWork("look at " + name, location, 0), (session, progress) -> {
            FileObject file = file(session, name);
            return file.getType() == FileType.FILE
                    ? OptionalLong.of(file.getContent().getSize())
                    : OptionalLong.empty();
        });
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
        String start = ObjectName.checkedFolder(folder);
        VfsWork work = new VfsWork("list " + (folder.isEmpty() ? "the objects" : folder), location, 0);
        return connections.call(work, (session, progress) -> {
            List<StoredObject> found = new ArrayList<>();
            Deque<String> pending = new ArrayDeque<>(List.of(start));
            while (!pending.isEmpty()) {
                listOne(session, pending.pop(), wanted, pending, found);
                progress.moved();
            }
            return found;
        });
    }

    @Override
    public void delete(String name) throws StorageException {
        ObjectName.checked(name);
        connections.call(new VfsWork("delete " + name, location, 0), (session, progress) -> {
            FileObject file = file(session, name);
            return file.getType() == FileType.FILE && file.delete();
        });
    }

    @Override
    public void close() {
        connections.close();
    }

    @Override
    public String toString() {
        return "VfsStorage[" + location + "]";
    }

    /** After an ambiguous failure: whether the object did arrive. The first failure counts when that cannot be found out. */
    private boolean isThereNow(VfsWork work, String name, Payload payload, StorageException first) {
        try {
            return connections.call(work, (session, progress) -> writer.isSame(session, progress, name, payload));
        } catch (StorageException second) {
            first.addSuppressed(second);
            return false;
        }
    }

    private void listOne(
            VfsSession session,
            String folder,
            Predicate<String> wanted,
            Deque<String> pending,
            List<StoredObject> found)
            throws FileSystemException {
        FileObject directory = folder.isEmpty() ? session.resolve(base.isEmpty() ? "/" : base) : file(session, folder);
        if (!directory.isFolder()) {
            return;
        }
        String prefix = folder.isEmpty() ? "" : folder + "/";
        for (FileObject child : directory.getChildren()) {
            String last = child.getName().getBaseName();
            if (!ObjectName.isValid(last)) {
                continue;
            }
            if (child.getType() == FileType.FOLDER) {
                pending.push(prefix + last);
            } else if (child.getType() == FileType.FILE && wanted.test(last)) {
                FileContent content = child.getContent();
                found.add(new StoredObject(
                        prefix + last, content.getSize(), Instant.ofEpochMilli(content.getLastModifiedTime())));
            }
        }
    }

    private FileObject requireFile(VfsSession session, String name) throws FileSystemException {
        FileObject file = file(session, name);
        if (file.getType() != FileType.FILE) {
            throw new FileNotFoundException(name);
        }
        return file;
    }

    private void requireBase(OpenMode mode) throws StorageException {
        connections.call(new VfsWork("open the repository", location, 0), (session, progress) -> {
            FileObject folder = session.resolve(base.isEmpty() ? "/" : base);
            if (!folder.exists() && mode == OpenMode.CREATE) {
                folder.createFolder();
            } else if (!folder.isFolder()) {
                throw new StorageException.Missing("There is no folder " + location
                        + ". Check the path (it is absolute, not relative to the user's home), or create a repository"
                        + " there with init.");
            }
            return folder;
        });
    }

    private FileObject file(VfsSession session, String name) throws FileSystemException {
        return session.resolve(base + "/" + name);
    }
}
