package io.jenkins.plugins.provenbackup.engine.storage;

import java.io.IOException;
import java.io.InputStream;

/** The content of a plain file; it may be opened again when a transfer failed. */
@FunctionalInterface
public interface PlainContent {

    /** A new stream from the start. */
    InputStream open() throws IOException;
}
