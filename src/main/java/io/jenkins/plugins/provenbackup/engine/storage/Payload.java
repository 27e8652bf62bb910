package io.jenkins.plugins.provenbackup.engine.storage;

import java.io.IOException;
import java.io.InputStream;

/** The content of an object to be put; it can be read any number of times, by several threads at once. */
public interface Payload {

    /** Length in bytes. */
    long size();

    /** SHA-256 of the content, 32 bytes. */
    byte[] sha256();

    /** A new stream over the whole content. */
    InputStream open() throws IOException;
}
