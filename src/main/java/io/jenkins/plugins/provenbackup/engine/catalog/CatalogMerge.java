package io.jenkins.plugins.provenbackup.engine.catalog;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Merges a walk with the entries of its parents, in constant memory: both are sorted. Entries of parents that the walk does
 * not find are passed over. For one thread.
 *
 * @param <T> what the walk yields
 */
public final class CatalogMerge<T> {

    private final Walk<T> walk;
    private final Function<T, EntryPath> pathOf;
    private final List<Parent> parents = new ArrayList<>();
    private EntryPath last;

    /**
     * Yields items in rising order of their paths.
     *
     * @param <T> the items
     */
    public interface Walk<T> {

        /** The next item, or empty at the end and ever after. */
        Optional<T> next() throws IOException, InterruptedException;
    }

    /**
     * What the walk found at a path and what the parents have there.
     *
     * @param candidates in the order of the parents; empty for something new
     * @param <T> what the walk yields
     */
    public record Match<T>(T found, List<Candidate> candidates) {}

    /**
     * An entry of a parent.
     *
     * @param parent its number in the list that was merged, from 0
     */
    public record Candidate(int parent, StoredEntry stored) {}

    /**
     * A merge; nothing is read yet.
     *
     * @param parents the parent snapshot first, if there is one, then runs that died
     */
    public CatalogMerge(Walk<T> walk, Function<T, EntryPath> pathOf, List<EntryStream> parents) {
        this.walk = walk;
        this.pathOf = pathOf;
        parents.forEach(stream -> this.parents.add(new Parent(stream)));
    }

    /**
     * The next path of the walk, or empty at its end and ever after.
     *
     * @throws IllegalStateException when the walk is out of order
     */
    public Optional<Match<T>> next() throws IOException, InterruptedException {
        Optional<T> found = walk.next();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        EntryPath path = pathOf.apply(found.get());
        if (last != null && last.compareTo(path) >= 0) {
            throw new IllegalStateException("the walk yields '" + path + "' after '" + last + "'");
        }
        last = path;
        List<Candidate> candidates = List.of();
        for (int i = 0; i < parents.size(); i++) {
            Optional<StoredEntry> stored = parents.get(i).at(path);
            if (stored.isPresent()) {
                candidates = candidates.isEmpty() ? new ArrayList<>(1) : candidates;
                candidates.add(new Candidate(i, stored.get()));
            }
        }
        return Optional.of(new Match<>(found.get(), candidates));
    }

    /** A parent's entries with a look at the next. */
    private static final class Parent {

        private final EntryStream stream;
        private Optional<StoredEntry> head = Optional.empty();
        private boolean begun;

        Parent(EntryStream stream) {
            this.stream = stream;
        }

        Optional<StoredEntry> at(EntryPath path) throws IOException {
            if (!begun) {
                head = stream.next();
                begun = true;
            }
            while (head.isPresent()) {
                int order = head.get().entry().path().compareTo(path);
                if (order >= 0) {
                    return order == 0 ? head : Optional.empty();
                }
                head = stream.next();
            }
            return Optional.empty();
        }
    }
}
