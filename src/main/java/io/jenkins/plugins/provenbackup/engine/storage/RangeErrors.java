package io.jenkins.plugins.provenbackup.engine.storage;

/** One wording for reads behind the end of an object. */
final class RangeErrors {

    private RangeErrors() {}

    static StorageException tooShort(String name, String location, long size, long offset, long length) {
        return new StorageException("Object " + name + " at " + location + " has " + size + " bytes, too short to read "
                + length + " bytes from " + offset + ". It is damaged: run verify --repair.");
    }
}
