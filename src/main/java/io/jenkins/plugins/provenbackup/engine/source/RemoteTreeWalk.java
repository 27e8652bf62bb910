package io.jenkins.plugins.provenbackup.engine.source;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.PrintableName;
import io.jenkins.plugins.provenbackup.engine.storage.PlainEntry;
import io.jenkins.plugins.provenbackup.engine.storage.PlainTree;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Walks a folder on a server depth first, each directory sorted by name. */
final class RemoteTreeWalk implements SourceWalk {

    private static final Comparator<PlainEntry> BY_NAME = (a, b) -> Arrays.compareUnsigned(a.name(), b.name());

    /** A directory whose entries are being visited. */
    private record Frame(EntryPath path, Iterator<PlainEntry> entries) {}

    private final PlainTree tree;
    private final Excludes excludes;
    private final SourceProblems problems;
    private final Deque<Frame> frames = new ArrayDeque<>();
    private final Owner owner = Owner.ofThisProcess();
    private Optional<SourceItem> root;

    RemoteTreeWalk(PlainTree tree, Excludes excludes, SourceProblems problems) throws SourceException {
        this.tree = tree;
        this.excludes = excludes;
        this.problems = problems;
        try {
            PlainEntry top = tree.look(new byte[0])
                    .filter(entry -> entry.kind() == PlainEntry.Kind.FOLDER)
                    .orElseThrow(() -> new SourceException(tree.location() + " is no folder that can be backed up"));
            enter(EntryPath.ROOT, tree.list(new byte[0]));
            root = Optional.of(item(EntryPath.ROOT, top));
        } catch (StorageException e) {
            throw new SourceException("cannot back up " + tree.location() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<SourceItem> next() throws InterruptedException {
        if (root.isPresent()) {
            Optional<SourceItem> first = root;
            root = Optional.empty();
            return first;
        }
        while (!frames.isEmpty()) {
            if (Thread.interrupted()) {
                close();
                throw new InterruptedException("the walk was interrupted");
            }
            Frame frame = frames.peek();
            if (!frame.entries().hasNext()) {
                frames.pop();
                continue;
            }
            Optional<SourceItem> item = visit(frame.path(), frame.entries().next());
            if (item.isPresent()) {
                return item;
            }
        }
        return Optional.empty();
    }

    private Optional<SourceItem> visit(EntryPath folder, PlainEntry entry) {
        EntryPath path;
        try {
            path = folder.child(entry.name());
        } catch (IllegalArgumentException e) {
            problems.report(new Problem(
                    folder,
                    Problem.Kind.ILLEGAL_NAME,
                    "cannot name '" + PrintableName.of(entry.name()) + "' in '" + folder + "': " + e.getMessage()));
            return Optional.empty();
        }
        if (excludes.exclude(path, type(entry.kind()))) {
            return Optional.empty();
        }
        if (entry.kind() == PlainEntry.Kind.OTHER) {
            problems.report(new Problem(
                    path, Problem.Kind.OTHER_TYPE, "'" + path + "' is neither a file nor a folder nor a link"));
            return Optional.empty();
        }
        if (entry.kind() == PlainEntry.Kind.FOLDER) {
            try {
                enter(path, tree.list(path.toByteArray()));
            } catch (StorageException.Missing e) {
                problems.report(ReadFailure.vanished(path));
                return Optional.empty();
            } catch (StorageException e) {
                problems.report(new Problem(
                        path, Problem.Kind.UNREADABLE_DIRECTORY, "cannot read '" + path + "': " + e.getMessage()));
            }
        }
        return Optional.of(item(path, entry));
    }

    private void enter(EntryPath path, List<PlainEntry> entries) {
        List<PlainEntry> sorted = new ArrayList<>(entries);
        sorted.sort(BY_NAME);
        frames.push(new Frame(path, sorted.iterator()));
    }

    private SourceItem item(EntryPath path, PlainEntry entry) {
        return new RemoteItem(tree, path, entry, owner);
    }

    private static FileStat.Type type(PlainEntry.Kind kind) {
        return switch (kind) {
            case FILE -> FileStat.Type.FILE;
            case FOLDER -> FileStat.Type.DIRECTORY;
            case SYMLINK -> FileStat.Type.SYMLINK;
            case OTHER -> FileStat.Type.OTHER;
        };
    }

    @Override
    public void close() {
        frames.clear();
    }
}
