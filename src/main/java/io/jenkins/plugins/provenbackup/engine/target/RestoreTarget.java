package io.jenkins.plugins.provenbackup.engine.target;

import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import io.jenkins.plugins.provenbackup.engine.target.Directories.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

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

    private final Path root;
    private final RestoreOptions options;
    private final Directories directories;
    private final Preparation preparation;
    private final Planner planner;
    private final MetadataWriter assumed;
    private final Placement placement;
    private final HardLinks links;
    private final DirectoryMaker directoryMaker;
    private final FileMaker fileMaker;
    private final UnlistedEntries unlisted;
    private final Failures failures;

    private RestoreTarget(Path root, RestoreOptions options) {
        this.root = root;
        this.options = options;
        directories = new Directories(root);
        preparation = new Preparation(root, options, directories);
        planner = new Planner(options, directories);
        assumed = new MetadataWriter(Abilities.assumed(root), options, Origin.EXISTING);
        placement = new Placement(options, directories);
        links = new HardLinks(directories, placement);
        failures = new Failures(root);
        directoryMaker = new DirectoryMaker(directories, placement);
        fileMaker = new FileMaker(directories, placement, links, new CreationModes(root), failures);
        unlisted = new UnlistedEntries(options, directories);
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
            MetadataWriter metadata =
                    preparation.soFar().map(Prepared::metadata).orElse(assumed);
            Action action = planner.plan(node, metadata);
            if (stays(action) && options.overwrite() != Overwrite.NEVER) {
                links.restored(node);
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
        if (!stays(action) || options.overwrite() == Overwrite.NEVER) {
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
        perform(node, ready -> {
            if (!node.path().isRoot()) {
                directoryMaker.make(node, ready);
            }
        });
    }

    /**
     * Begins a file that {@link #plan} wants to create or replace.
     *
     * @throws UnsafeEntryException when it must not be written there
     */
    public OpenFile file(Node node) throws TargetException {
        try {
            return fileMaker.begin(node, preparation.ready());
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
            placement.place(node, directories.parent(node), path -> {
                Files.createSymbolicLink(path, target);
                ready.metadata().apply(path, node, ready.fresh(node, path, 0777));
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
            if (!links.link(node, first)) {
                options.limits().limited(node.path(), Limitation.HARD_LINK_COPIED);
                outcome[0] = LinkOutcome.COPY_NEEDED;
            }
        });
        return outcome[0];
    }

    /** Corrects the metadata of a file or link whose content stays; content and type must be the node's already. */
    public void updateMetadata(Node node) throws TargetException {
        perform(node, ready -> {
            Path path = RawNames.resolve(
                    directories.parent(node).path(), node.path().name());
            ready.metadata().apply(path, node, Fresh.existing(Prepared.found(node, path)));
        });
    }

    /** Gives a directory its metadata, after everything in it is done, and after the directories below it. */
    public void finishDirectory(Node node) throws TargetException {
        perform(node, ready -> {
            directoryMaker.finish(node, ready);
            if (node.path().isRoot()) {
                preparation.rootFinished();
            }
        });
    }

    /**
     * The entries of a directory that the snapshot does not have, in no order. Changes nothing.
     *
     * @param keep the names of those that it has
     */
    public List<EntryPath> others(EntryPath directory, Set<ByteString> keep) throws TargetException {
        try {
            return unlisted.in(directory, keep);
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
            preparation.ready();
            unlisted.delete(path);
        } catch (IOException e) {
            throw failure(path, e);
        }
    }

    /** Removes what is not finished; what is finished stays. */
    @Override
    public void close() throws TargetException {
        try {
            fileMaker.abort();
        } finally {
            reopenRoot();
        }
    }

    private void reopenRoot() throws TargetException {
        try {
            preparation.reopenRoot();
        } catch (IOException e) {
            throw failure(EntryPath.ROOT, e);
        }
    }

    /** What is done with one entry once the target is ready. */
    @FunctionalInterface
    private interface Step {
        void run(Prepared ready) throws IOException;
    }

    private void perform(Node node, Step step) throws TargetException {
        try {
            step.run(preparation.ready());
        } catch (IOException e) {
            throw failure(node.path(), e);
        }
    }

    private TargetException failure(EntryPath path, IOException cause) {
        return failures.of(path, cause);
    }

    private static boolean stays(Action action) {
        return action.kind() == Action.Kind.KEEP || action.kind() == Action.Kind.UPDATE_METADATA;
    }

    private static Path linkTarget(Node node, byte[] bytes) throws UnsafeEntryException {
        try {
            return RawNames.pathOf(bytes);
        } catch (IllegalArgumentException e) {
            throw new UnsafeEntryException(
                    node.path(), "no symbolic link can have the target '" + node.linkTarget() + "'");
        }
    }
}
