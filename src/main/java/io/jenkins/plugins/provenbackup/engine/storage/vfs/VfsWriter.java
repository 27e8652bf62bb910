package io.jenkins.plugins.provenbackup.engine.storage.vfs;

import io.jenkins.plugins.provenbackup.engine.storage.Contents;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectName;
import io.jenkins.plugins.provenbackup.engine.storage.Payload;
import io.jenkins.plugins.provenbackup.engine.storage.PutOutcome;
import io.jenkins.plugins.provenbackup.engine.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.commons.vfs2.FileObject;
import org.apache.commons.vfs2.FileSystemException;
import org.apache.commons.vfs2.FileType;

/** Writes the objects of a {@link VfsStorage}: under a temporary name first, never over another. Thread-safe. */
final class VfsWriter {

    private static final int PUBLISHING = 64;

    private final String location;
    private final String base;
    private final Set<String> folders = ConcurrentHashMap.newKeySet();
    private final Queue<String> leftovers = new ConcurrentLinkedQueue<>();
    private final Object[] publishing =
            Stream.generate(Object::new).limit(PUBLISHING).toArray();

    VfsWriter(String location, String base) {
        this.location = location;
        this.base = base;
    }

    /** Does what {@link Storage#put} promises, over one connection. */
    PutOutcome store(VfsSession session, VfsProgress progress, String name, Payload payload) throws IOException {
        FileObject target = file(session, name);
        if (target.exists()) {
            return requireSame(session, progress, name, payload);
        }
        createFolders(session, ObjectName.folderOf(name));
        try {
            if (session.writesWhole()) {
                writeWhole(session, () -> session.write(target, payload, progress));
            } else {
                writeAndPublish(session, progress, name, payload, this::publish);
            }
        } catch (FileAlreadyExistsException e) {
            return requireSame(session, progress, name, payload);
        }
        return PutOutcome.STORED;
    }

    /** Does what {@link Storage#replace} promises, over one connection. */
    void replace(VfsSession session, VfsProgress progress, String name, Payload payload) throws IOException {
        createFolders(session, ObjectName.folderOf(name));
        if (session.writesWhole()) {
            FileObject target = file(session, name);
            writeWhole(session, () -> session.overwrite(target, payload, progress));
        } else {
            writeAndPublish(session, progress, name, payload, VfsSession::replace);
        }
    }

    /** One transfer. */
    private interface Transfer {
        void run() throws IOException;
    }

    /** Gives a complete temporary file its name. */
    private interface Publishing {
        void publish(VfsSession session, FileObject temporary, FileObject target) throws IOException;
    }

    private void writeWhole(VfsSession session, Transfer transfer) throws IOException {
        boolean written = false;
        try {
            transfer.run();
            written = true;
        } finally {
            if (!written) {
                session.transferFailed();
                folders.clear();
            }
        }
    }

    private void writeAndPublish(VfsSession session, VfsProgress progress, String name, Payload payload, Publishing way)
            throws IOException {
        String folder = ObjectName.folderOf(name);
        String temporaryName = (folder.isEmpty() ? "" : folder + "/") + ObjectName.newTemporary();
        FileObject temporary = file(session, temporaryName);
        boolean published = false;
        try {
            session.write(temporary, payload, progress);
            way.publish(session, temporary, file(session, name));
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

    // Where a server only knows to look first and to rename then, at least no two writers of this process do so at
    // once.
    private void publish(VfsSession session, FileObject temporary, FileObject target) throws IOException {
        synchronized (publishing[Math.floorMod(target.getName().hashCode(), publishing.length)]) {
            session.publish(temporary, target);
        }
    }

    private PutOutcome requireSame(VfsSession session, VfsProgress progress, String name, Payload payload)
            throws IOException {
        if (!isSame(session, progress, name, payload)) {
            throw Contents.conflict(name, location);
        }
        return PutOutcome.ALREADY_THERE;
    }

    /** Whether an object is there and has this content. */
    boolean isSame(VfsSession session, VfsProgress progress, String name, Payload payload) throws IOException {
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
