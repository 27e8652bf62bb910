package io.jenkins.plugins.provenbackup.engine.target;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;

/** A new file that is being written from its start to its end, by whatever calls are best here. For one thread. */
interface FileOutput extends Closeable {

    /**
     * Writes some of the bytes.
     *
     * @param position where in the file, at or behind the end of what was written
     * @return how many were written, at least one
     */
    int write(byte[] bytes, int offset, int length, long position) throws IOException;

    /** Gives the file that length, without writing what is not there. */
    void extend(long length) throws IOException;

    /** When the metadata is given to it. */
    Description description();

    /**
     * Sets the mtime to the nanosecond; only while it is open.
     *
     * @throws UnsupportedOperationException when it is described after it was closed
     */
    void setModified(Instant accessed, Instant modified) throws IOException;

    /** Whether metadata is given to the open file. */
    enum Description {
        /** The system says that what is set then stays. */
        WHILE_OPEN,
        /** Closing may set a new mtime. */
        WHEN_CLOSED
    }
}
