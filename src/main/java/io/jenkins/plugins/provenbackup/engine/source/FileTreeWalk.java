package io.jenkins.plugins.provenbackup.engine.source;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.PrintableName;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Walks file trees depth first, each directory sorted by name. */
final class FileTreeWalk implements SourceWalk {

    /** A place where a walk begins. */
    record Root(EntryPath entry, Path path) {}

    /** A directory that is walked, and the file system on which its walk began. */
    private record Place(EntryPath entry, Location at, long rootDevice) {}

    /** A directory whose names are being visited. */
    private static final class Frame {
        private final Place place;
        private final byte[][] names;
        private final Optional<Selection.Part> part;
        private int next;

        Frame(Place place, byte[][] names, Optional<Selection.Part> part) {
            this.place = place;
            this.names = names;
            this.part = part;
        }
    }

    private final WalkOptions options;
    private final SourceProblems problems;
    private final FileItem.Details details;
    private final LinkGroups links = new LinkGroups();
    private final Deque<Root> roots;
    private final Deque<Frame> frames = new ArrayDeque<>();

    /** Roots in the order of their entries. */
    FileTreeWalk(List<Root> roots, WalkOptions options, SourceProblems problems) {
        this.roots = new ArrayDeque<>(roots);
        this.options = options;
        this.problems = problems;
        this.details = new FileItem.Details(new OwnerNames(), new EntryAttributes(problems));
    }

    @Override
    public Optional<SourceItem> next() throws InterruptedException {
        while (true) {
            if (Thread.interrupted()) {
                close();
                throw new InterruptedException("the walk was interrupted");
            }
            Frame frame = frames.peek();
            Optional<SourceItem> item;
            if (frame == null) {
                Root root = roots.poll();
                if (root == null) {
                    return Optional.empty();
                }
                item = visitRoot(root);
            } else if (frame.next == frame.names.length) {
                frames.pop();
                item = Optional.empty();
            } else {
                item = visit(frame, frame.names[frame.next++]);
            }
            if (item.isPresent()) {
                return item;
            }
        }
    }

    @Override
    public void close() {
        frames.clear();
        roots.clear();
    }

    private Optional<SourceItem> visitRoot(Root root) throws InterruptedException {
        try {
            Location at = Location.of(root.path());
            FileStat stat = at.look();
            if (stat.type() == FileStat.Type.DIRECTORY) {
                Optional<Selection.Part> part = options.selection().map(Selection::whole);
                // A marker does not overrule what the user named.
                enter(new Place(root.entry(), at, stat.device()), part.filter(p -> !p.isAll()), Set.of());
            }
            return found(root.entry(), at, stat);
        } catch (IOException e) {
            problems.report(ReadFailure.ofEntry(root.entry(), e));
            return Optional.empty();
        }
    }

    private Optional<SourceItem> visit(Frame frame, byte[] name) throws InterruptedException {
        EntryPath entry;
        Location at;
        try {
            entry = frame.place.entry().child(name);
            at = frame.place.at().child(name);
        } catch (IllegalArgumentException e) {
            problems.report(new Problem(
                    frame.place.entry(),
                    Problem.Kind.ILLEGAL_NAME,
                    "cannot name '" + PrintableName.of(name) + "' in '" + frame.place.entry() + "': "
                            + e.getMessage()));
            return Optional.empty();
        }
        Optional<Selection.Part> part = frame.part.map(p -> p.below(name)).filter(p -> !p.isAll());
        try {
            FileStat stat = at.look();
            if (isLeftOut(entry, stat.type())) {
                return Optional.empty();
            }
            boolean elsewhere = stat.device() != frame.place.rootDevice()
                    && options.boundary() == WalkOptions.Boundary.ONE_FILE_SYSTEM;
            if (elsewhere) {
                problems.report(new Problem(
                        entry, Problem.Kind.OTHER_FILE_SYSTEM, "'" + entry + "' is on another file system"));
            }
            if (stat.type() == FileStat.Type.DIRECTORY) {
                if (isDestination(at)) {
                    problems.report(new Problem(
                            entry,
                            Problem.Kind.OWN_DESTINATION,
                            "'" + entry + "' is left out: this backup is stored there"));
                } else if (!elsewhere) {
                    enter(new Place(entry, at, frame.place.rootDevice()), part, options.markers());
                }
            } else if (elsewhere) {
                return Optional.empty();
            } else if (part.isPresent()) {
                problems.report(new Problem(
                        entry, Problem.Kind.NOT_FOUND, "'" + entry + "' is no directory, but paths in it were listed"));
                return Optional.empty();
            }
            return found(entry, at, stat);
        } catch (IOException e) {
            problems.report(
                    frame.part.isPresent() && e instanceof NoSuchFileException
                            ? new Problem(entry, Problem.Kind.NOT_FOUND, "'" + entry + "' was listed but is not there")
                            : ReadFailure.ofEntry(entry, e));
            return Optional.empty();
        }
    }

    private boolean isDestination(Location at) {
        return !options.destinations().isEmpty() && options.destinations().contains(at.path());
    }

    private boolean isLeftOut(EntryPath entry, FileStat.Type type) {
        EntryFilter.Kind kind = type == FileStat.Type.DIRECTORY ? EntryFilter.Kind.DIRECTORY : EntryFilter.Kind.OTHER;
        return options.excludes().exclude(entry, type) || options.filter().leavesOut(entry, kind);
    }

    /** Lists a directory before it is given out, so that a problem of it is known before it. */
    private void enter(Place place, Optional<Selection.Part> part, Set<Marker> markers) throws InterruptedException {
        if (part.isPresent()) {
            frames.push(new Frame(place, part.get().names(), part));
            return;
        }
        DirectoryListing listing = DirectoryListing.of(place.at().path());
        listing.failure().ifPresent(e -> problems.report(ReadFailure.ofDirectory(place.entry(), e)));
        byte[][] names = listing.names();
        for (Marker marker : markers) {
            if (marker.marks(place.at().path(), listing)) {
                problems.report(new Problem(
                        place.entry(), marker.kind(), "'" + place.entry() + "' is left out: " + marker.reason()));
                names = marker.kept();
            }
        }
        if (names.length > 0) {
            frames.push(new Frame(place, names, Optional.empty()));
        }
    }

    private Optional<SourceItem> found(EntryPath entry, Location at, FileStat stat) {
        Optional<Problem.Kind> special = specialKind(stat.type());
        if (special.isPresent()) {
            problems.report(new Problem(
                    entry, special.get(), "'" + entry + "' is a " + describe(special.get()) + " and is not backed up"));
            return Optional.empty();
        }
        return Optional.of(new FileItem(entry, at, stat, links.groupOf(stat), details));
    }

    private static Optional<Problem.Kind> specialKind(FileStat.Type type) {
        return switch (type) {
            case FILE, DIRECTORY, SYMLINK -> Optional.empty();
            case FIFO -> Optional.of(Problem.Kind.FIFO);
            case SOCKET -> Optional.of(Problem.Kind.SOCKET);
            case DEVICE -> Optional.of(Problem.Kind.DEVICE);
            case OTHER -> Optional.of(Problem.Kind.OTHER_TYPE);
        };
    }

    private static String describe(Problem.Kind kind) {
        return kind == Problem.Kind.OTHER_TYPE ? "special file" : kind.name().toLowerCase(Locale.ROOT);
    }
}
