package io.jenkins.plugins.provenbackup.engine.target;

/** What to do with owner and group. */
public enum Ownership {
    /** By name where the name exists here, else by number, as far as the system permits. */
    RESTORE,
    /** Everything belongs to who runs the restore. */
    IGNORE
}
