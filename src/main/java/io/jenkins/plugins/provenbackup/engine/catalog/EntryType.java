package io.jenkins.plugins.provenbackup.engine.catalog;

/** What an entry of a snapshot is. The order of the constants is not part of the format. */
public enum EntryType {
    FILE,
    DIRECTORY,
    SYMLINK
}
