package io.jenkins.plugins.provenbackup.engine.source;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;

/** A source's own knowledge of what it never keeps, asked after the patterns that a user gave. For one walk, on its thread. */
@FunctionalInterface
public interface EntryFilter {

    /** Keeps everything. */
    EntryFilter NONE = (entry, kind) -> false;

    /** What an entry is, as far as it matters for what is left out. */
    enum Kind {
        DIRECTORY,
        OTHER
    }

    /** Whether an entry whose parents are kept is left out, a directory with all that it holds. */
    boolean leavesOut(EntryPath entry, Kind kind);
}
