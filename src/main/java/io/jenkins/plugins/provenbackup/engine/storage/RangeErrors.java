package io.jenkins.plugins.provenbackup.engine.storage;

/** One wording for reads behind the end of an object. */
public final class RangeErrors {

    private RangeErrors() {}

    /** The error for a read behind the end. */
    public static StorageException tooShort(String name, String location, long size, long offset, long length) {
        return new StorageException("Object " + name + " at " + location + " has " + size + " bytes, too short to read "
                + length + " bytes from " + offset + ". It is damaged: run verify --repair.");
    }
}
