package io.jenkins.plugins.provenbackup.engine.target;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;

/** Hears what could not be restored exactly as it was. Must be thread-safe and quick. */
@FunctionalInterface
public interface LimitationListener {

    /** The entry is there, but not in this respect. */
    void limited(EntryPath path, Limitation limitation);
}
