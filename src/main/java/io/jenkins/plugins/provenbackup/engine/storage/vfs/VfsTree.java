package io.jenkins.plugins.provenbackup.engine.storage.vfs;

import io.jenkins.plugins.provenbackup.engine.storage.OpenMode;
import io.jenkins.plugins.provenbackup.engine.storage.PlainAbility;
import io.jenkins.plugins.provenbackup.engine.storage.PlainAttributes;
import io.jenkins.plugins.provenbackup.engine.storage.PlainContent;
import io.jenkins.plugins.provenbackup.engine.storage.PlainEntry;
import io.jenkins.plugins.provenbackup.engine.storage.PlainTree;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A plain tree over any VFS provider that is wrapped in a {@link VfsProtocol}. */
public final class VfsTree implements PlainTree {

    private static final int BUFFER = 1 << 17;

    private final VfsConnections connections;
    private final String location;
    private final byte[] base;
    private volatile Optional<Abilities> known = Optional.empty();

    private record Abilities(Set<PlainAbility> set, Duration step) {}

    private VfsTree(VfsConnections connections, StorageLocation location) {
        this.connections = connections;
        this.location = location.toString();
        base = location.path().replaceAll("/+$", "").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Connects once, to see that the base folder is there; the caller closes the tree.
     *
     * @throws StorageException.Missing when the base folder is not there and the mode is {@link OpenMode#EXISTING}
     */
    public static VfsTree open(VfsProtocol protocol, StorageLocation location, StorageOptions options, OpenMode mode)
            throws StorageException {
        VfsTree tree = new VfsTree(new VfsConnections(protocol, location, options), location);
        try {
            tree.requireBase(mode);
            return tree;
        } catch (StorageException e) {
            tree.close();
            throw e;
        }
    }

    @Override
    public String location() {
        return location;
    }

    @Override
    public Set<PlainAbility> abilities() throws StorageException {
        return known().set();
    }

    @Override
    public Duration timeStep() {
        return known.map(Abilities::step).orElse(Duration.ofSeconds(1));
    }

    @Override
    public List<PlainEntry> list(byte[] folder) throws StorageException {
        return call("list", folder, 0, (verbs, session, progress) -> verbs.list(at(folder)));
    }

    @Override
    public Optional<PlainEntry> look(byte[] path) throws StorageException {
        return call("look at", path, 0, (verbs, session, progress) -> verbs.look(at(path)));
    }

    @Override
    public PlainEntry write(byte[] path, PlainContent content, PlainAttributes attributes) throws StorageException {
        Set<PlainAbility> able = known().set();
        return call("write", path, 1, (verbs, session, progress) -> {
            requireHeld(verbs, path);
            byte[] temporary = besides(at(path));
            boolean placed = false;
            try {
                long written = copy(verbs, temporary, content, progress);
                give(verbs, temporary, attributes, able.contains(PlainAbility.FILE_TIMES), able);
                verbs.replace(temporary, at(path));
                placed = true;
                return requireThere(verbs, path, written);
            } finally {
                if (!placed) {
                    session.transferFailed();
                    removeLeftover(verbs, session, temporary);
                }
            }
        });
    }

    @Override
    public InputStream open(byte[] path) throws StorageException {
        VfsWork work = work("read", path, 0);
        VfsConnection connection = connections.borrow(work);
        try {
            InputStream remote = connection.call(
                    work, (session, progress) -> session.plainVerbs().read(at(path)));
            return new VfsInputStream(remote, connection, connections, work);
        } catch (StorageException | RuntimeException | Error e) {
            connections.giveBack(connection);
            throw e;
        }
    }

    @Override
    public void createFolder(byte[] path) throws StorageException {
        call("make the folder", path, 0, (verbs, session, progress) -> {
            requireHeld(verbs, path);
            if (verbs.look(at(path)).isEmpty()) {
                verbs.createFolder(at(path));
                requireThere(verbs, path, 0);
            }
            return path;
        });
    }

    @Override
    public void symlink(byte[] path, byte[] target) throws StorageException {
        call("make the link", path, 0, (verbs, session, progress) -> {
            requireHeld(verbs, path);
            byte[] temporary = besides(at(path));
            boolean placed = false;
            try {
                verbs.symlink(temporary, target);
                verbs.replace(temporary, at(path));
                placed = true;
            } finally {
                if (!placed) {
                    removeLeftover(verbs, session, temporary);
                }
            }
            return path;
        });
    }

    @Override
    public byte[] readLink(byte[] path) throws StorageException {
        return call("read the link", path, 0, (verbs, session, progress) -> verbs.readLink(at(path)));
    }

    @Override
    public void adjust(byte[] path, PlainAttributes attributes) throws StorageException {
        Set<PlainAbility> able = known().set();
        call("set the attributes of", path, 0, (verbs, session, progress) -> {
            boolean isFolder = verbs.look(at(path))
                    .filter(entry -> entry.kind() == PlainEntry.Kind.FOLDER)
                    .isPresent();
            give(
                    verbs,
                    at(path),
                    attributes,
                    able.contains(isFolder ? PlainAbility.FOLDER_TIMES : PlainAbility.FILE_TIMES),
                    able);
            return path;
        });
    }

    @Override
    public void delete(byte[] path) throws StorageException {
        call("delete", path, 0, (verbs, session, progress) -> {
            verbs.delete(at(path));
            return path;
        });
    }

    @Override
    public void deleteFolder(byte[] path) throws StorageException {
        call("delete the folder", path, 0, (verbs, session, progress) -> {
            verbs.deleteFolder(at(path));
            return path;
        });
    }

    @Override
    public void close() {
        connections.close();
    }

    @Override
    public String toString() {
        return "VfsTree[" + location + "]";
    }

    private interface Step<T> {
        T on(PlainVerbs verbs, VfsSession session, VfsConnection.Progress progress) throws IOException;
    }

    private <T> T call(String doing, byte[] path, long needed, Step<T> step) throws StorageException {
        return connections.call(
                work(doing, path, needed), (session, progress) -> step.on(session.plainVerbs(), session, progress));
    }

    private VfsWork work(String doing, byte[] path, long needed) {
        String name = new String(path, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
        return new VfsWork(doing + " '" + name + "'", location, needed);
    }

    private Abilities known() throws StorageException {
        if (known.isEmpty()) {
            known = Optional.of(call(
                    "look at",
                    new byte[0],
                    0,
                    (verbs, session, progress) -> new Abilities(verbs.abilities(), verbs.timeStep())));
        }
        return known.get();
    }

    private static long copy(PlainVerbs verbs, byte[] temporary, PlainContent content, VfsConnection.Progress progress)
            throws IOException {
        byte[] buffer = new byte[BUFFER];
        long written = 0;
        try (InputStream in = opened(content);
                OutputStream out = verbs.write(temporary)) {
            for (int n = read(in, buffer); n >= 0; n = read(in, buffer)) {
                out.write(buffer, 0, n);
                written += n;
                progress.moved();
            }
        }
        return written;
    }

    // Told apart from the server's errors here, where it is still known whose stream failed.
    private static InputStream opened(PlainContent content) throws StorageException {
        try {
            return content.open();
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

    private static StorageException unreadable(IOException failure) {
        return new StorageException.Unreadable(
                "Cannot read the content to be stored: " + failure.getMessage(), failure);
    }

    private static void give(
            PlainVerbs verbs, byte[] path, PlainAttributes attributes, boolean times, Set<PlainAbility> able)
            throws IOException {
        if (able.contains(PlainAbility.MODES) && attributes.mode().isPresent()) {
            verbs.setMode(path, attributes.mode().getAsInt());
        }
        if (times && attributes.modified().isPresent()) {
            verbs.setModified(path, attributes.modified().get());
        }
    }

    /** A server may take a name for another one, or cut a file off, and say nothing. */
    private PlainEntry requireThere(PlainVerbs verbs, byte[] path, long size) throws IOException {
        PlainEntry there = verbs.look(at(path))
                .orElseThrow(() -> new StorageException.BadName(
                        location + " took the file, but has none of that name now: it cannot hold the name."));
        if (there.kind() == PlainEntry.Kind.FILE && there.size() != size) {
            throw new StorageException("The server has " + there.size() + " of " + size + " bytes");
        }
        return there;
    }

    private void requireHeld(PlainVerbs verbs, byte[] path) throws StorageException {
        Optional<String> refusal = verbs.refusal(path);
        if (refusal.isPresent()) {
            throw new StorageException.BadName(location + " cannot hold this name: " + refusal.get());
        }
    }

    private static void removeLeftover(PlainVerbs verbs, VfsSession session, byte[] temporary) {
        if (session.isUsable()) {
            try {
                verbs.delete(temporary);
            } catch (IOException e) {
                return; // no harm: the next mirror run removes leftovers
            }
        }
    }

    private void requireBase(OpenMode mode) throws StorageException {
        connections.call(new VfsWork("open the folder", location, 0), (session, progress) -> {
            PlainVerbs verbs = session.plainVerbs();
            if (mode == OpenMode.CREATE) {
                createBase(verbs, base.length);
            } else if (verbs.look(base).isEmpty()) {
                throw new StorageException.Missing("There is no folder " + location
                        + ". Check the path: it is absolute, not relative to the user's home.");
            }
            return location;
        });
    }

    private void createBase(PlainVerbs verbs, int length) throws IOException {
        if (length <= 0) {
            return;
        }
        byte[] folder = Arrays.copyOf(base, length);
        if (verbs.look(folder).isEmpty()) {
            int slash = length - 1;
            while (slash > 0 && folder[slash] != '/') {
                slash--;
            }
            createBase(verbs, slash);
            verbs.createFolder(folder);
        }
    }

    private byte[] at(byte[] path) {
        if (path.length == 0) {
            return base.length == 0 ? new byte[] {'/'} : base.clone();
        }
        byte[] joined = Arrays.copyOf(base, base.length + 1 + path.length);
        joined[base.length] = '/';
        System.arraycopy(path, 0, joined, base.length + 1, path.length);
        return joined;
    }

    private static byte[] besides(byte[] path) {
        int end = path.length;
        while (path[end - 1] != '/') {
            end--;
        }
        byte[] name = PlainTree.newTemporary().getBytes(StandardCharsets.US_ASCII);
        byte[] temporary = Arrays.copyOf(path, end + name.length);
        System.arraycopy(name, 0, temporary, end, name.length);
        return temporary;
    }
}
