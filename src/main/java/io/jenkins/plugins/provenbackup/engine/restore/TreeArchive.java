package io.jenkins.plugins.provenbackup.engine.restore;

import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import java.io.IOException;
import java.io.OutputStream;

/** Writes a tree as one file, entry after entry. For one thread. */
interface TreeArchive {

    /** Begins an entry; a file's content goes to the stream, which the caller does not close. */
    OutputStream begin(Node node) throws IOException;

    /** Ends the entry. */
    void end() throws IOException;

    /** Ends the archive; does not close what it was written to. */
    void finish() throws IOException;
}
