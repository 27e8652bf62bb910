package io.jenkins.plugins.provenbackup.engine.storage;

/** What a {@link PlainTree} can do beyond holding files of ordinary names. */
public enum PlainAbility {
    /** A file is replaced in one step: a reader sees the old one or the new one, and never none. */
    REPLACES_AT_ONCE,
    /** Files keep the mtime that they are given. */
    FILE_TIMES,
    /** So do folders. */
    FOLDER_TIMES,
    /** Files and folders keep the permission bits that they are given. */
    MODES,
    SYMLINKS
}
