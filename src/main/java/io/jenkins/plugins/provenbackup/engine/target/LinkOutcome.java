package io.jenkins.plugins.provenbackup.engine.target;

/** How a hard link ended. */
public enum LinkOutcome {
    LINKED,
    /** The two cannot be linked: write the entry as a file of its own. Counted as a limitation. */
    COPY_NEEDED
}
