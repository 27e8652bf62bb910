package io.jenkins.plugins.provenbackup.engine.archive;

/** The packed form: u8 codec, u32 length of the content, data. */
final class Packed {

    /** Longest content of a block, in bytes. */
    static final int BLOCK_LIMIT = 8 << 20;

    /** Longest content of anything else, in bytes. */
    static final int OBJECT_LIMIT = 256 << 20;

    /** Bytes before the data. */
    static final int HEADER = 1 + Integer.BYTES;

    static final byte STORED = 0;
    static final byte ZSTD = 1;

    private Packed() {}
}
