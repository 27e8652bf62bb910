package io.jenkins.plugins.provenbackup.engine.restore;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.source.Excludes;
import java.util.Optional;

/**
 * Chooses entries of a snapshot by patterns of gitignore syntax: those that match, and all that lies below a directory that
 * matches. Entries are asked for in the order of the catalog. For one thread.
 */
final class Includes {

    private final Optional<Excludes> patterns;
    private Optional<EntryPath> within = Optional.empty();

    private Includes(Optional<Excludes> patterns) {
        this.patterns = patterns;
    }

    /** Everything. */
    static Includes all() {
        return new Includes(Optional.empty());
    }

    static Includes matching(Excludes patterns) {
        return new Includes(Optional.of(patterns));
    }

    boolean isEverything() {
        return patterns.isEmpty();
    }

    boolean select(Node node) {
        if (patterns.isEmpty()) {
            return true;
        }
        if (within.isPresent() && node.path().isWithin(within.get())) {
            return true;
        }
        within = Optional.empty();
        boolean selected = !node.path().isRoot() && patterns.get().matches(node);
        if (selected && node.type() == EntryType.DIRECTORY) {
            within = Optional.of(node.path());
        }
        return selected;
    }
}
