package io.jenkins.plugins.provenbackup.engine.source;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import java.util.Optional;

/** A walk over one item. */
final class SingleItemWalk implements SourceWalk {

    private Optional<SourceItem> item;

    SingleItemWalk(SourceItem item) {
        this.item = Optional.of(item);
    }

    static EntryPath requireOneComponent(EntryPath name) {
        if (name.depth() != 1) {
            throw new IllegalArgumentException("'" + name + "' is not a file name without directories");
        }
        return name;
    }

    @Override
    public Optional<SourceItem> next() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("the walk was interrupted");
        }
        Optional<SourceItem> next = item;
        close();
        return next;
    }

    @Override
    public void close() {
        item = Optional.empty();
    }
}
