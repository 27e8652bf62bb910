package io.jenkins.plugins.provenbackup.engine.storage;

/**
 * What is being done, for messages.
 *
 * @param doing a phrase like "write archives/ab/abc"
 * @param location where
 * @param needed bytes that are to be written
 */
record VfsWork(String doing, String location, long needed) {

    String failed() {
        return "Cannot " + doing + " at " + location + ": ";
    }
}
