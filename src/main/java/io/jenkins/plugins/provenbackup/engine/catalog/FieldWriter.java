package io.jenkins.plugins.provenbackup.engine.catalog;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * Writes the fields of section 1 of the repository format one after another to a growing buffer. For one thread.
 *
 * <p>Every method returns this writer.
 */
public final class FieldWriter {

    private byte[] buffer;
    private int length;

    public FieldWriter() {
        this(256);
    }

    /** A writer that expects about so many bytes. */
    public FieldWriter(int expected) {
        buffer = new byte[Math.max(16, expected)];
    }

    /** An unsigned byte, 0 to 255. */
    public FieldWriter u8(int value) {
        require(value >= 0 && value <= 0xff, value, "u8");
        room(1);
        buffer[length++] = (byte) value;
        return this;
    }

    /** Two bytes, big-endian, 0 to 65,535. */
    public FieldWriter u16(int value) {
        require(value >= 0 && value <= 0xffff, value, "u16");
        return bigEndian(value, 2);
    }

    /** Four bytes, big-endian, 0 to 2^32-1. */
    public FieldWriter u32(long value) {
        require(value >= 0 && value <= 0xffff_ffffL, value, "u32");
        return bigEndian(value, 4);
    }

    /** Eight bytes, big-endian; the value is taken as unsigned. */
    public FieldWriter u64(long value) {
        return bigEndian(value, 8);
    }

    /** Unsigned LEB128 of a value from 0 to 2^63-1: one to nine bytes. */
    public FieldWriter varint(long value) {
        require(value >= 0, value, "varint");
        room(9);
        long rest = value;
        while (rest > 0x7f) {
            buffer[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[length++] = (byte) rest;
        return this;
    }

    /** A signed value from -2^62 to 2^62-1 as a varint. */
    public FieldWriter zigzag(long value) {
        require(value >= -(1L << 62) && value < 1L << 62, value, "zigzag");
        return varint(value << 1 ^ value >> 63);
    }

    /** The bytes as they are, without their length. */
    public FieldWriter raw(byte[] bytes) {
        return raw(bytes, 0, bytes.length);
    }

    /** Some of the bytes as they are, without their length. */
    public FieldWriter raw(byte[] bytes, int offset, int count) {
        room(count);
        System.arraycopy(bytes, offset, buffer, length, count);
        length += count;
        return this;
    }

    /** All that another writer has written so far, without its length. */
    public FieldWriter raw(FieldWriter other) {
        return raw(other.buffer, 0, other.length);
    }

    /** Length as a varint, then the bytes. */
    public FieldWriter bytes(byte[] bytes) {
        return varint(bytes.length).raw(bytes);
    }

    /** Length as a varint, then UTF-8. */
    public FieldWriter text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Seconds as zigzag, rounded down, then nanoseconds as a varint. */
    public FieldWriter time(Instant time) {
        return zigzag(time.getEpochSecond()).varint(time.getNano());
    }

    /** Bytes written so far. */
    public int length() {
        return length;
    }

    /** A copy of all that was written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(buffer, length);
    }

    private FieldWriter bigEndian(long value, int bytes) {
        room(bytes);
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            buffer[length++] = (byte) (value >>> shift);
        }
        return this;
    }

    private void room(int count) {
        int needed = Math.addExact(length, count);
        if (needed > buffer.length) {
            int doubled = (int) Math.min(Integer.MAX_VALUE - 8L, buffer.length * 2L);
            buffer = Arrays.copyOf(buffer, Math.max(needed, doubled));
        }
    }

    private static void require(boolean fits, long value, String field) {
        if (!fits) {
            throw new IllegalArgumentException(value + " does not fit into a field of type " + field);
        }
    }
}
