package io.jenkins.plugins.provenbackup.engine.catalog;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * The keyed hash of a catalog segment, 16 bytes as two big-endian halves.
 *
 * @param high first eight bytes
 * @param low last eight bytes
 */
public record SegmentId(long high, long low) {

    /** Length in bytes. */
    public static final int LENGTH = 16;

    /**
     * An id from its bytes.
     *
     * @throws IllegalArgumentException when these are not 16
     */
    public static SegmentId of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a segment id has 16 bytes, not " + bytes.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new SegmentId(buffer.getLong(), buffer.getLong());
    }

    /** The 16 bytes. */
    public byte[] toByteArray() {
        return ByteBuffer.allocate(LENGTH).putLong(high).putLong(low).array();
    }

    static SegmentId read(FieldReader in) throws MalformedException {
        return new SegmentId(in.u64("a segment id"), in.u64("a segment id"));
    }

    void write(FieldWriter out) {
        out.u64(high).u64(low);
    }

    /** 32 hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(toByteArray());
    }
}
