package io.jenkins.plugins.provenbackup.engine.source;

import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An entry as the walk found it. Safe to hand to another thread, and usable after the walk has gone on.
 */
public interface SourceItem {

    /**
     * What the walk knows without another system call: type, size, mode, numeric owners, times, inode and link group; no
     * names of owners, no extended attributes, no link target. Enough to see whether the entry changed.
     */
    Node node();

    /** Length of the content in bytes; empty where only the end of the content tells (then {@code node().size()} is 0). */
    OptionalLong size();

    /**
     * The node with everything: names of owners, extended attributes, link target. Costs system calls, so it is meant for
     * entries that changed. What can be left out without harm to the rest is reported to the walk's problems, on the
     * calling thread.
     *
     * @throws UnreadableItemException when the entry vanished or cannot be read
     */
    Node complete() throws UnreadableItemException;

    /**
     * Opens the content of a file, never following a link.
     *
     * @throws UnreadableItemException when the file vanished, is no regular file any more, or cannot be read
     * @throws SourceException when the whole run has failed (a command that cannot be started)
     * @throws IllegalStateException when this is no file
     */
    SourceContent open() throws UnreadableItemException, SourceException;

    /**
     * The same entry as it is now, for a second reading after {@link SourceContent#changed()}; empty when it can be read
     * only once.
     *
     * @throws UnreadableItemException when the file vanished, is no regular file any more, or cannot be read
     */
    Optional<SourceItem> again() throws UnreadableItemException;
}
