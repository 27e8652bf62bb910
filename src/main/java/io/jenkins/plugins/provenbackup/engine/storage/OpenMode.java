package io.jenkins.plugins.provenbackup.engine.storage;

/** What to do about a base folder that is not there. */
public enum OpenMode {
    /** It must be there: {@link StorageException.Missing} otherwise. */
    EXISTING,
    /** It is created, with the folders above it. */
    CREATE
}
