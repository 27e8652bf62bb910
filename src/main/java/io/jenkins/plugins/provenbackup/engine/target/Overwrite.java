package io.jenkins.plugins.provenbackup.engine.target;

/** What happens to files and symbolic links that are in the target already. Directories are always merged. */
public enum Overwrite {
    /** They stay as they are, content and metadata. */
    NEVER,
    /** A file whose size and mtime are the snapshot's keeps its content and gets the rest of its metadata corrected. */
    IF_CHANGED,
    /** All are written anew. */
    ALWAYS
}
