package io.jenkins.plugins.provenbackup.engine.storage.vfs;

/**
 * What is being done, for messages.
 *
 * @param doing a phrase like "write archives/ab/abc"
 * @param location where
 * @param needed bytes that are to be written
 */
public record VfsWork(String doing, String location, long needed) {

    /** The begin of an error message: what could not be done, and where. */
    public String failed() {
        return "Cannot " + doing + " at " + location + ": ";
    }
}
