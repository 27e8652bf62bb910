package io.jenkins.plugins.provenbackup.engine.archive;

/** A run of content, in the order of the content. */
public sealed interface Piece {

    /** Length in bytes, above 0. */
    long length();

    /** Zeros that need not be stored. */
    record Hole(long length) implements Piece {}

    /**
     * Bytes to store as one chunk. They lie in the cutter's own buffer and are valid until its next call.
     *
     * @param buffer holds the bytes; must not be changed
     * @param offset of the first byte in the buffer
     * @param size number of bytes, 1 to the maximum of the chunker's parameters
     */
    record Chunk(byte[] buffer, int offset, int size) implements Piece {

        @Override
        public long length() {
            return size;
        }
    }
}
