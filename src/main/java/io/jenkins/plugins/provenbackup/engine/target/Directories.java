package io.jenkins.plugins.provenbackup.engine.target;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows which directories of the target are real ones, each reached through real ones only. What was looked at lately is
 * remembered; anything else is looked at again, from the top, without following links. So memory is constant, and
 * nothing depends on what the snapshot said earlier. Thread-safe.
 */
final class Directories {

    private static final int REMEMBERED = 8192;

    /** The closed choice of what can be in the place of a directory. */
    sealed interface Place permits Real, Missing, Blocked {}

    /** A directory, reached through directories only. */
    record Real(Path path, Origin origin) implements Place {}

    /** Nothing is there, or its own directory is missing. */
    record Missing() implements Place {}

    /** Something else is there, most likely a symbolic link, or the directory was refused. */
    record Blocked(EntryPath by, Reason reason) implements Place {}

    /** Why a directory cannot be used. */
    enum Reason {
        NOT_A_DIRECTORY,
        REFUSED
    }

    /** Who made a directory. */
    enum Origin {
        /** This restore, so only its own entries are in it. */
        CREATED,
        EXISTING
    }

    private final Path root;
    private final Map<EntryPath, Real> remembered = new LinkedHashMap<>(256, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<EntryPath, Real> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final Set<EntryPath> refused = ConcurrentHashMap.newKeySet();
    private volatile Origin origin = Origin.EXISTING;

    Directories(Path root) {
        this.root = root;
    }

    /** What directories are that nobody remembers the origin of: in a target of our own, they are all ours. */
    void assume(Origin unremembered) {
        origin = unremembered;
        forget();
    }

    Place find(EntryPath directory) throws IOException {
        synchronized (remembered) {
            Real known = remembered.get(directory);
            if (known != null) {
                return known;
            }
        }
        if (refused.contains(directory)) {
            return new Blocked(directory, Reason.REFUSED);
        }
        return directory.isRoot() ? look(directory, root) : below(directory);
    }

    /**
     * The directory that an entry is to be put into.
     *
     * @throws UnsafeEntryException when it is none that this restore may write to
     */
    Real require(EntryPath directory, EntryPath entry) throws IOException {
        Place place = find(directory);
        if (place instanceof Real real) {
            return real;
        }
        if (place instanceof Blocked blocked) {
            throw new UnsafeEntryException(
                    entry, "'" + blocked.by() + "' in the target is no directory that this restore may write to");
        }
        throw new UnsafeEntryException(entry, "its directory is missing in the target");
    }

    /** The directory of an entry, as {@link #require}. */
    Real parent(Node node) throws IOException {
        return require(node.path().parent(), node.path());
    }

    void created(EntryPath directory, Path path) {
        remember(directory, new Real(path, Origin.CREATED));
    }

    /** From now on nothing is written into this directory or below. */
    void refuse(EntryPath directory) {
        refused.add(directory);
    }

    /** A directory was removed, so nothing that lay below it can be relied on. */
    void forget() {
        synchronized (remembered) {
            remembered.clear();
        }
    }

    private Place below(EntryPath directory) throws IOException {
        Place parent = find(directory.parent());
        return parent instanceof Real real ? look(directory, RawNames.resolve(real.path(), directory.name())) : parent;
    }

    private Place look(EntryPath directory, Path path) throws IOException {
        Optional<Found> found = Found.at(path);
        if (found.isEmpty()) {
            return new Missing();
        }
        if (!found.get().is(Found.Type.DIRECTORY)) {
            return new Blocked(directory, Reason.NOT_A_DIRECTORY);
        }
        Real real = new Real(path, origin);
        remember(directory, real);
        return real;
    }

    private void remember(EntryPath directory, Real real) {
        synchronized (remembered) {
            remembered.put(directory, real);
        }
    }
}
