package io.jenkins.plugins.provenbackup.engine.storage.vfs;

import io.jenkins.plugins.provenbackup.engine.storage.Contents;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectName;
import io.jenkins.plugins.provenbackup.engine.storage.Payload;
import io.jenkins.plugins.provenbackup.engine.storage.PutOutcome;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.commons.vfs2.FileObject;
import org.apache.commons.vfs2.FileSystemException;
import org.apache.commons.vfs2.FileType;

/** Writes the objects of a {@link VfsStorage}: under a temporary name first, never over another. Thread-safe. */
final class VfsWriter {

    private static final int BUFFER = 1 << 17;

    private final String location;
    private final String base;
    private final Set<String> folders = ConcurrentHashMap.newKeySet();
    private final Queue<String> leftovers = new ConcurrentLinkedQueue<>();

    VfsWriter(String location, String base) {
        this.location = location;
        this.base = base;
    }

    /** Does what {@link Storage#put} promises, over one connection. */
    PutOutcome store(VfsSession session, VfsConnection.Progress progress, String name, Payload payload)
            throws IOException {
        FileObject target = file(session, name);
        if (target.exists()) {
            return requireSame(session, progress, name, payload);
        }
        try {
            write(session, progress, name, payload, session::publish);
            return PutOutcome.STORED;
        } catch (FileAlreadyExistsException e) {
            return requireSame(session, progress, name, payload);
        }
    }

    /** Does what {@link Storage#replace} promises, over one connection. */
    void replace(VfsSession session, VfsConnection.Progress progress, String name, Payload payload)
            throws IOException {
        write(session, progress, name, payload, session::replace);
    }

    /** Gives a complete temporary file its name. */
    private interface Publishing {
        void publish(FileObject temporary, FileObject target) throws IOException;
    }

    private void write(
            VfsSession session, VfsConnection.Progress progress, String name, Payload payload, Publishing publishing)
            throws IOException {
        String folder = ObjectName.folderOf(name);
        createFolders(session, folder);
        String temporaryName = (folder.isEmpty() ? "" : folder + "/") + ObjectName.newTemporary();
        FileObject temporary = file(session, temporaryName);
        boolean published = false;
        try {
            write(temporary, progress, payload);
            publishing.publish(temporary, file(session, name));
            published = true;
        } finally {
            if (!published) {
                session.transferFailed();
                leftovers.add(temporaryName);
                folders.clear();
            }
            removeLeftovers(session);
        }
    }

    private static void write(FileObject temporary, VfsConnection.Progress progress, Payload payload)
            throws IOException {
        byte[] buffer = new byte[BUFFER];
        long written = 0;
        try (InputStream content = open(payload);
                OutputStream remote = temporary.getContent().getOutputStream()) {
            for (int n = read(content, buffer); n >= 0; n = read(content, buffer)) {
                remote.write(buffer, 0, n);
                written += n;
                progress.moved();
            }
            Contents.requireComplete(written, payload);
        }
    }

    private static InputStream open(Payload payload) throws StorageException {
        try {
            return payload.open();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static int read(InputStream content, byte[] buffer) throws StorageException {
        try {
            return content.read(buffer);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    // Told apart from the server's errors here, where it is still known whose stream failed.
    private static StorageException unreadable(IOException failure) {
        return failure instanceof StorageException known
                ? known
                : new StorageException("Cannot read the content to be stored: " + failure.getMessage(), failure);
    }

    private PutOutcome requireSame(VfsSession session, VfsConnection.Progress progress, String name, Payload payload)
            throws IOException {
        if (!isSame(session, progress, name, payload)) {
            throw Contents.conflict(name, location);
        }
        return PutOutcome.ALREADY_THERE;
    }

    /** Whether an object is there and has this content. */
    boolean isSame(VfsSession session, VfsConnection.Progress progress, String name, Payload payload)
            throws IOException {
        FileObject file = file(session, name);
        if (file.getType() != FileType.FILE || file.getContent().getSize() != payload.size()) {
            return false;
        }
        try (InputStream stored = new ProgressInputStream(file.getContent().getInputStream(), progress)) {
            return Contents.same(stored, payload);
        }
    }

    /** Removes half written files of failed puts, now or, when the connection is gone, at the next put. */
    private void removeLeftovers(VfsSession session) {
        for (String name = leftovers.peek(); name != null && session.isUsable(); name = leftovers.peek()) {
            try {
                leftovers.remove(name);
                file(session, name).delete();
            } catch (FileSystemException e) {
                return; // no harm: prune removes leftovers after a week
            }
        }
    }

    private void createFolders(VfsSession session, String folder) throws IOException {
        if (folder.isEmpty() || folders.contains(folder)) {
            return;
        }
        createFolders(session, ObjectName.folderOf(folder));
        FileObject directory = file(session, folder);
        if (!directory.exists()) {
            try {
                directory.createFolder();
            } catch (FileSystemException e) {
                // Another writer may have been faster.
                if (!file(session, folder).isFolder()) {
                    throw e;
                }
            }
        }
        folders.add(folder);
    }

    private FileObject file(VfsSession session, String name) throws FileSystemException {
        return session.resolve(base + "/" + name);
    }
}
