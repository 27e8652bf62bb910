package io.jenkins.plugins.provenbackup.engine.source;

import java.util.Optional;

/**
 * A walk in progress. Items come in strictly increasing order of their paths, each directory before what it holds. Memory
 * is in proportion to the names of the directories that the walk is in, not to the tree. For one thread at a time.
 */
public interface SourceWalk extends AutoCloseable {

    /**
     * The next item, or empty at the end and ever after.
     *
     * @throws InterruptedException when the thread was interrupted; the walk is then over
     */
    Optional<SourceItem> next() throws InterruptedException;

    /** Frees what the walk holds. Items that it gave out stay usable. */
    @Override
    void close();
}
