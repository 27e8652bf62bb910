package io.jenkins.plugins.provenbackup.engine.catalog;

import java.util.Optional;

/**
 * A path at which two catalogs differ.
 *
 * @param before the entry in the first catalog, unless it was added
 * @param after the entry in the second, unless it was removed
 */
public record Difference(EntryPath path, Kind kind, Optional<Entry> before, Optional<Entry> after) {

    /** In what way they differ; of several the first in this order. */
    public enum Kind {
        ADDED,
        REMOVED,
        /** A file became a directory, or the like. */
        TYPE,
        /** Content of a file or target of a link. */
        CONTENT,
        /** Mode, owner, mtime or extended attributes. */
        METADATA
    }
}
