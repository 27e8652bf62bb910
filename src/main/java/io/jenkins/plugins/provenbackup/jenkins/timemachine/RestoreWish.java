package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;

/**
 * What somebody wants to have back.
 *
 * @param policy whose home
 * @param point id of the snapshot
 * @param path in the snapshot
 * @param way what is done with it
 * @param target the name of a job, or an absolute directory; empty for the name and place that it had
 * @param parts of a job that are given back
 */
record RestoreWish(BackupPolicy policy, String point, EntryPath path, Way way, String target, Parts parts) {

    /** What is done with it. */
    enum Way {
        /** A job or folder becomes one of this Jenkins again. */
        ITEM,
        /** A file goes to its place in the home. */
        FILE,
        /** A file or a directory goes to a new directory. */
        DIRECTORY
    }

    /** Parts of a job. */
    enum Parts {
        ALL,
        CONFIGURATION,
        BUILDS
    }

    boolean withConfiguration() {
        return parts != Parts.BUILDS;
    }

    boolean withBuilds() {
        return parts != Parts.CONFIGURATION;
    }
}
