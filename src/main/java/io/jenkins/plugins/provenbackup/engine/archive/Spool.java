package io.jenkins.plugins.provenbackup.engine.archive;

import java.io.IOException;

/** Room for the bytes of one archive. Written by one thread at a time, then read by several at once. */
interface Spool {

    /** Bytes written. */
    long size();

    void append(byte[] bytes, int offset, int length) throws IOException;

    /** Fills the range from what was written at a position; throws {@link IOException} once this is released. */
    void read(long position, byte[] bytes, int offset, int length) throws IOException;

    /** Gives the room back; more calls do nothing. */
    void release();

    /** What reads of a released spool throw. */
    static IOException released() {
        return new IOException("the archive was released; nobody reads it any more");
    }
}
