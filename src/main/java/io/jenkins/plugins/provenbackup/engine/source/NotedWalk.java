package io.jenkins.plugins.provenbackup.engine.source;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** A walk over noted paths, merged with what is recalled of all others. Problems of the recollection are thrown unchecked. */
final class NotedWalk implements SourceWalk {

    private final Recollection before;
    private final SourceWalk walk;
    private final Selection noted;
    private final RecalledItem.Look look;
    private Optional<Node> recalled = Optional.empty();
    private Optional<SourceItem> found = Optional.empty();
    private boolean isBegun;
    private Optional<EntryPath> gone = Optional.empty();

    NotedWalk(Recollection before, SourceWalk walk, Selection noted, RecalledItem.Look look) {
        this.before = before;
        this.walk = walk;
        this.noted = noted;
        this.look = look;
    }

    @Override
    public Optional<SourceItem> next() throws InterruptedException {
        if (!isBegun) {
            isBegun = true;
            found = walk.next();
            recalled = recall();
        }
        while (true) {
            int order = order();
            if (order >= 0) {
                if (order == 0 && recalled.isPresent()) {
                    recalled = recall();
                }
                Optional<SourceItem> next = found;
                found = walk.next();
                return next;
            }
            Node node = recalled.orElseThrow();
            if (noted.leadsTo(node.path())) {
                // A walk to what is noted below would have come through it: it is gone, with all that it held.
                gone = Optional.of(node.path());
                recalled = recall();
            } else {
                recalled = recall();
                return Optional.of(new RecalledItem(node, look));
            }
        }
    }

    /** Below 0 when what is recalled comes first, above when what was found does. */
    private int order() {
        if (recalled.isEmpty()) {
            return 1;
        }
        return found.isEmpty()
                ? -1
                : recalled.get().path().compareTo(found.get().node().path());
    }

    /** The next that nobody noted. */
    private Optional<Node> recall() {
        try {
            Optional<Node> next = before.next();
            while (next.isPresent() && isKnownBetter(next.get().path())) {
                next = before.next();
            }
            return next;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isKnownBetter(EntryPath path) {
        return noted.covers(path) || gone.filter(path::isWithin).isPresent();
    }

    @Override
    public void close() {
        walk.close();
    }
}
