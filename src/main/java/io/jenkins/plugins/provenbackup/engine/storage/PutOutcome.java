package io.jenkins.plugins.provenbackup.engine.storage;

/** What {@link Storage#put} found. */
public enum PutOutcome {
    /** The object was written by this call. */
    STORED,
    /** An object of this name with the same size and SHA-256 was there already. */
    ALREADY_THERE
}
