package io.jenkins.plugins.provenbackup.engine.archive;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * The keyed hash of a chunk's content, 16 bytes as two big-endian halves.
 *
 * @param high first eight bytes
 * @param low last eight bytes
 */
public record ChunkId(long high, long low) {

    /** Length in bytes. */
    public static final int LENGTH = 16;

    /** An id from the 16 bytes at an offset. */
    public static ChunkId of(byte[] bytes, int offset) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, LENGTH);
        return new ChunkId(buffer.getLong(), buffer.getLong());
    }

    /** The 16 bytes. */
    public byte[] toByteArray() {
        return ByteBuffer.allocate(LENGTH).putLong(high).putLong(low).array();
    }

    // Written out: what the JDK makes for records is slow until the optimising compiler has seen it, and these are
    // hashed for every
    // file.
    @Override
    public boolean equals(Object other) {
        return other instanceof ChunkId that && high == that.high && low == that.low;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(high ^ low);
    }

    /** 32 hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(toByteArray());
    }
}
