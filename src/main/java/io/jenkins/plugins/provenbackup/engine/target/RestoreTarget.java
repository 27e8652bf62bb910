package io.jenkins.plugins.provenbackup.engine.target;

import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import io.jenkins.plugins.provenbackup.engine.target.Directories.Blocked;
import io.jenkins.plugins.provenbackup.engine.target.Directories.Origin;
import io.jenkins.plugins.provenbackup.engine.target.Directories.Place;
import io.jenkins.plugins.provenbackup.engine.target.Directories.Real;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A local directory that a tree is restored to. The caller goes through the snapshot's nodes in {@link EntryPath} order:
 * {@link #plan} says what to do with each, then {@link #directory}, {@link #file}, {@link #symlink}, {@link #hardLink} or
 * {@link #updateMetadata} does it; a second pass in post order (children first, so backwards works) calls
 * {@link #finishDirectory}, since every entry made in a directory changes its mtime. A directory is usable at once, and
 * closed to other users until it is finished.
 *
 * <p>Nothing is ever written outside: every directory on the way is a real one that was made or looked at here, never a
 * link. In directories that this restore made, files get their final name at once; in others they are written under a
 * temporary name and renamed, so whatever happens no half file has a final name there.
 *
 * <p>Directories are to be made before what they hold; apart from that all methods may be called by several threads at
 * once, for different entries. Nothing is touched before the first method other than {@link #plan} and {@link #others}.
 */
public final class RestoreTarget implements AutoCloseable {

    private static final Set<OpenOption> NEW_FILE = Set.of(
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);

    private final Path root;
    private final RestoreOptions options;
    private final Directories directories;
    private final Planner planner;
    private final MetadataWriter assumed;
    private final CreationModes modes;
    private final Placement placement;
    private final Set<OpenFile> open = ConcurrentHashMap.newKeySet();
    private final Set<EntryPath> linkable = ConcurrentHashMap.newKeySet();
    private volatile Prepared prepared;
    private volatile boolean rootFinished;

    private record Prepared(Workspace workspace, MetadataWriter metadata) {}

    private RestoreTarget(Path root, RestoreOptions options) {
        this.root = root;
        this.options = options;
        this.directories = new Directories(root);
        this.planner = new Planner(options, directories);
        this.assumed = new MetadataWriter(Abilities.assumed(root), options, Origin.EXISTING);
        this.modes = new CreationModes(root);
        this.placement = new Placement(options, directories);
    }

    /**
     * Names the directory, which is made when the first entry is. It may be, or be reached through, a symbolic link.
     *
     * @throws TargetException when it cannot be looked at
     */
    public static RestoreTarget open(Path directory, RestoreOptions options) throws TargetException {
        try {
            Path root = Files.exists(directory) ? directory.toRealPath() : directory.toAbsolutePath();
            return new RestoreTarget(root, options);
        } catch (IOException e) {
            throw TargetException.of(EntryPath.ROOT, e);
        }
    }

    /**
     * What is to be done with a node, given what is there and the options. Changes nothing.
     *
     * @throws TargetException when it cannot be told, for example for lack of permission
     */
    public Action plan(Node node) throws TargetException {
        try {
            Prepared ready = prepared;
            Action action = planner.plan(node, ready == null ? assumed : ready.metadata());
            boolean stays = action.kind() == Action.Kind.KEEP || action.kind() == Action.Kind.UPDATE_METADATA;
            if (stays && isLinked(node) && options.overwrite() != Overwrite.NEVER) {
                linkable.add(node.path());
            }
            return action;
        } catch (IOException e) {
            throw failure(node.path(), e);
        }
    }

    /**
     * What is to be done with a node that is a hard link of another, which was planned before.
     *
     * @param first the file to link to
     */
    public Action planHardLink(Node node, EntryPath first) throws TargetException {
        Action action = plan(node);
        if (action.kind() != Action.Kind.KEEP && action.kind() != Action.Kind.UPDATE_METADATA
                || options.overwrite() == Overwrite.NEVER) {
            return action;
        }
        try {
            boolean linked = Planner.isSameFile(RawNames.resolve(root, node.path()), RawNames.resolve(root, first));
            return linked ? Action.keep("linked already") : Action.replace("not linked");
        } catch (IOException e) {
            throw failure(node.path(), e);
        }
    }

    /**
     * Makes a directory, or makes sure that it is one and can be written to. The root needs no call.
     *
     * @throws UnsafeEntryException when something else is there that must stay; all that lies below is refused too
     */
    public void directory(Node node) throws TargetException {
        perform(node, ready -> makeDirectory(node, ready));
    }

    /**
     * Begins a file that {@link #plan} wants to create or replace.
     *
     * @throws UnsafeEntryException when it must not be written there
     */
    public OpenFile file(Node node) throws TargetException {
        try {
            Prepared ready = prepared();
            Real parent = parent(node);
            Path path = RawNames.resolve(parent.path(), node.path().name());
            boolean inPlace = parent.origin() == Origin.CREATED;
            Path written = inPlace ? path : TemporaryName.in(parent.path());
            int mode = ready.metadata().creationMode(node);
            FileChannel channel = FileChannel.open(written, NEW_FILE, modes.of(mode));
            OpenFile file = new OpenFile(node, written, channel, new Landing(ready, node, parent, written, path, mode));
            open.add(file);
            return file;
        } catch (IOException e) {
            throw failure(node.path(), e);
        }
    }

    /** Makes a symbolic link that {@link #plan} wants to create or replace; what it points to does not matter. */
    public void symlink(Node node) throws TargetException {
        perform(node, ready -> {
            byte[] bytes = node.linkTarget().toByteArray();
            Path target = linkTarget(node, bytes);
            if (!Arrays.equals(RawNames.bytesOf(target), bytes)) {
                options.limits().limited(node.path(), Limitation.LINK_TARGET_SHORTENED);
            }
            placement.place(node, parent(node), path -> {
                Files.createSymbolicLink(path, target);
                ready.metadata().apply(path, node, fresh(ready, node, path, 0777));
            });
        });
    }

    /**
     * Makes an entry a hard link of another one that was restored, or found unchanged, in this run. Of anything else it
     * makes no link, so that none leads to a file that is not the snapshot's.
     *
     * @param first a node of the same link group, finished before
     */
    public LinkOutcome hardLink(Node node, EntryPath first) throws TargetException {
        LinkOutcome[] outcome = {LinkOutcome.LINKED};
        perform(node, ready -> {
            Optional<Path> existing = linkable(first);
            if (existing.isEmpty() || !link(node, existing.get())) {
                options.limits().limited(node.path(), Limitation.HARD_LINK_COPIED);
                outcome[0] = LinkOutcome.COPY_NEEDED;
            }
        });
        return outcome[0];
    }

    /** Corrects the metadata of a file or link whose content stays; content and type must be the node's already. */
    public void updateMetadata(Node node) throws TargetException {
        perform(node, ready -> {
            Path path = RawNames.resolve(parent(node).path(), node.path().name());
            ready.metadata().apply(path, node, Fresh.existing(found(node, path)));
        });
    }

    /** Gives a directory its metadata, after everything in it is done, and after the directories below it. */
    public void finishDirectory(Node node) throws TargetException {
        perform(node, ready -> {
            Real directory = real(node.path(), node.path());
            Fresh now = directory.origin() == Origin.CREATED && !node.path().isRoot()
                    ? Fresh.created(found(node, directory.path()))
                    : Fresh.existing(found(node, directory.path()));
            ready.metadata().apply(directory.path(), node, now);
            rootFinished |= node.path().isRoot();
        });
    }

    /**
     * The entries of a directory that the snapshot does not have, in no order. Changes nothing.
     *
     * @param keep the names of those that it has
     */
    public List<EntryPath> others(EntryPath directory, Set<ByteString> keep) throws TargetException {
        try {
            List<EntryPath> others = new ArrayList<>();
            if (directories.find(directory) instanceof Real real && real.origin() == Origin.EXISTING) {
                try (var entries = Files.newDirectoryStream(real.path())) {
                    for (Path name : Remover.names(entries)) {
                        byte[] bytes = RawNames.nameOf(name);
                        if (!keep.contains(ByteString.of(bytes))) {
                            others.add(directory.child(bytes));
                        }
                    }
                }
            }
            return others;
        } catch (IOException e) {
            throw failure(directory, e);
        }
    }

    /**
     * Deletes an entry with all that it holds. Links are deleted, not followed, and other file systems mounted below are
     * neither entered nor deleted.
     */
    public void delete(EntryPath path) throws TargetException {
        try {
            prepared();
            if (path.isRoot() || options.unlisted() != Unlisted.DELETE) {
                throw new UnsafeEntryException(path, "nothing of the target may be deleted here");
            }
            Real parent = real(path.parent(), path);
            Remover.delete(
                    parent.path(), RawNames.resolve(parent.path(), path.name()).getFileName());
        } catch (IOException e) {
            throw failure(path, e);
        } finally {
            directories.forget();
        }
    }

    /** Removes what is not finished; what is finished stays. */
    @Override
    public void close() throws TargetException {
        TargetException leftover = null;
        for (OpenFile file : open) {
            try {
                file.abort();
            } catch (TargetException e) {
                leftover = e;
            }
        }
        reopenRoot();
        if (leftover != null) {
            throw leftover;
        }
    }

    private void reopenRoot() throws TargetException {
        Prepared ready = prepared;
        if (ready != null && !rootFinished && ready.workspace().finalMode().isPresent()) {
            try {
                rootFinished = true;
                ready.metadata().setMode(root, ready.workspace().finalMode().get());
            } catch (IOException e) {
                throw failure(EntryPath.ROOT, e);
            }
        }
    }

    /** What is done with one entry once the target is ready. */
    @FunctionalInterface
    private interface Step {
        void run(Prepared ready) throws IOException;
    }

    private void perform(Node node, Step step) throws TargetException {
        try {
            step.run(prepared());
        } catch (IOException e) {
            throw failure(node.path(), e);
        }
    }

    private Prepared prepared() throws IOException {
        Prepared ready = prepared;
        return ready != null ? ready : prepare();
    }

    private synchronized Prepared prepare() throws IOException {
        if (prepared == null) {
            Workspace workspace = Workspace.prepare(root);
            directories.assume(workspace.origin());
            prepared = new Prepared(workspace, new MetadataWriter(workspace.abilities(), options, workspace.origin()));
        }
        return prepared;
    }

    private void makeDirectory(Node node, Prepared ready) throws IOException {
        if (node.path().isRoot()) {
            return;
        }
        Real parent = parent(node);
        Path path = RawNames.resolve(parent.path(), node.path().name());
        if (parent.origin() == Origin.EXISTING) {
            Optional<Found> there = placement.clearForDirectory(node, path);
            if (there.isPresent()) {
                refuseOtherName(node, parent, path, ready);
                makeUsable(path, there.get(), ready);
                return;
            }
        }
        try {
            Workspace.makeDirectory(path);
        } catch (FileAlreadyExistsException collision) {
            directories.refuse(node.path());
            throw collision;
        }
        directories.created(node.path(), path);
    }

    private void refuseOtherName(Node node, Real parent, Path path, Prepared ready) throws IOException {
        if (ready.metadata().foldsCase() && Planner.isOtherName(parent.path(), path)) {
            directories.refuse(node.path());
            throw new FileAlreadyExistsException(path.toString());
        }
    }

    private static void makeUsable(Path path, Found directory, Prepared ready) throws IOException {
        Abilities abilities = ready.workspace().abilities();
        boolean ours = abilities.modes() && abilities.uid() != 0 && directory.uid() == abilities.uid();
        if (ours && (directory.mode() & Workspace.CLOSED) != Workspace.CLOSED) {
            ready.metadata().setMode(path, directory.mode() | Workspace.CLOSED);
        }
    }

    private Optional<Path> linkable(EntryPath first) throws IOException {
        if (!linkable.contains(first) || !(directories.find(first.parent()) instanceof Real real)) {
            return Optional.empty();
        }
        Path path = RawNames.resolve(real.path(), first.name());
        return Found.at(path).filter(found -> found.is(Found.Type.FILE)).map(found -> path);
    }

    private boolean link(Node node, Path existing) throws IOException {
        Real parent = parent(node);
        try {
            placement.place(node, parent, path -> Files.createLink(path, existing));
        } catch (FileAlreadyExistsException | AccessDeniedException | TargetException e) {
            throw e;
        } catch (FileSystemException | UnsupportedOperationException notHere) {
            return false;
        }
        linkable.add(node.path());
        return true;
    }

    private Real parent(Node node) throws IOException {
        return real(node.path().parent(), node.path());
    }

    private Real real(EntryPath directory, EntryPath entry) throws IOException {
        Place place = directories.find(directory);
        if (place instanceof Real real) {
            return real;
        }
        if (place instanceof Blocked blocked) {
            throw new UnsafeEntryException(
                    entry, "'" + blocked.by() + "' in the target is no directory that this restore may write to");
        }
        throw new UnsafeEntryException(entry, "its directory is missing in the target");
    }

    private static Found found(Node node, Path path) throws IOException {
        return Found.at(path).orElseThrow(() -> new UnsafeEntryException(node.path(), "it vanished from the target"));
    }

    /** In a tree of our own it is known what a new entry is like; elsewhere its directory has a say. */
    private static Fresh fresh(Prepared ready, Node node, Path path, int mode) throws IOException {
        Workspace workspace = ready.workspace();
        return workspace.origin() == Origin.CREATED
                ? Fresh.created(mode & ~workspace.abilities().umask(), workspace.abilities())
                : Fresh.created(found(node, path));
    }

    private static Path linkTarget(Node node, byte[] bytes) throws UnsafeEntryException {
        try {
            return RawNames.pathOf(bytes);
        } catch (IllegalArgumentException e) {
            throw new UnsafeEntryException(
                    node.path(), "no symbolic link can have the target '" + node.linkTarget() + "'");
        }
    }

    private static boolean isLinked(Node node) {
        return node.type() == EntryType.FILE && node.metadata().linkGroup() != 0;
    }

    private TargetException failure(EntryPath path, IOException cause) {
        if (cause instanceof FileAlreadyExistsException) {
            return new UnsafeEntryException(
                    path,
                    "the target has an entry of that name already; a file system may take two names for the same");
        }
        return FreeSpace.isExhausted(root, cause)
                ? new TargetFullException(path, root, cause)
                : TargetException.of(path, cause);
    }

    /** Gives a written file its metadata and its final name. */
    private final class Landing implements OpenFile.Landing {

        private final Prepared ready;
        private final Node node;
        private final Real parent;
        private final Path written;
        private final Path path;
        private final int mode;

        Landing(Prepared ready, Node node, Real parent, Path written, Path path, int mode) {
            this.ready = ready;
            this.node = node;
            this.parent = parent;
            this.written = written;
            this.path = path;
            this.mode = mode;
        }

        @Override
        public void land() throws IOException {
            ready.metadata().apply(written, node, fresh(ready, node, written, mode));
            if (!written.equals(path)) {
                placement.rename(node, parent, written, path);
            }
            if (isLinked(node)) {
                linkable.add(node.path());
            }
        }

        @Override
        public void done(OpenFile file) {
            open.remove(file);
        }

        @Override
        public TargetException failure(IOException cause) {
            return RestoreTarget.this.failure(node.path(), cause);
        }
    }
}
