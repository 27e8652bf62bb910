package io.jenkins.plugins.provenbackup.engine.serve;

import io.jenkins.plugins.provenbackup.engine.catalog.ByteString;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;

/** What is at a path: a folder or a file. */
sealed interface Resource {

    /** The last part of its path; empty for the root. */
    ByteString name();

    Instant modified();

    /** A folder, with a way to go through what it holds, which may be done any number of times. */
    record Folder(ByteString name, Instant modified, Children children) implements Resource {}

    /**
     * A file, or a symbolic link, whose content is what the link says.
     *
     * @param size in bytes
     * @param tag changes whenever the content does
     */
    record File(ByteString name, Instant modified, long size, String tag, Kind kind, Content content)
            implements Resource {}

    /** What a file is. */
    enum Kind {
        REGULAR,
        SYMLINK
    }

    /** Goes through what a folder holds. */
    @FunctionalInterface
    interface Children {
        void each(Taker taker) throws IOException;
    }

    /** Takes one resource after the other. */
    @FunctionalInterface
    interface Taker {
        void take(Resource resource) throws IOException;
    }

    /** Writes bytes of a file, from an offset up to another. */
    @FunctionalInterface
    interface Content {
        void write(long from, long to, OutputStream out) throws IOException, InterruptedException;
    }
}
