package io.jenkins.plugins.provenbackup.format.reader;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Section 1: the notation. A cursor over the bytes of an object. */
final class Fields {

    private final ByteBuffer in;

    Fields(byte[] bytes) {
        in = ByteBuffer.wrap(bytes);
    }

    int u8() {
        return raw(1)[0] & 0xff;
    }

    int u16() {
        return u8() << 8 | u8();
    }

    long u32() {
        return (long) u16() << 16 | u16();
    }

    long u64() {
        return u32() << 32 | u32();
    }

    long varint() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int b = u8();
            require(shift <= 56, "a varint of more than 63 bits");
            value |= (long) (b & 0x7f) << shift;
            if (b < 0x80) {
                require(b != 0 || shift == 0, "a varint that is longer than it needs to be");
                return value;
            }
        }
    }

    /** A varint that counts or measures something in this object or an index into it. */
    long signed() {
        long zigzag = varint();
        return zigzag >>> 1 ^ -(zigzag & 1);
    }

    int small(long limit) {
        long value = varint();
        require(value <= limit, value + " where at most " + limit + " is possible");
        return (int) value;
    }

    /** A number of items, each of which takes at least one byte. */
    int count() {
        return small(in.remaining());
    }

    byte[] bytes() {
        return raw(small(in.remaining()));
    }

    byte[] lp() {
        long length = u32();
        require(length <= in.remaining(), "a length beyond the end");
        return raw((int) length);
    }

    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    Instant time() {
        long zigzag = varint();
        return Instant.ofEpochSecond(zigzag >>> 1 ^ -(zigzag & 1), small(999_999_999));
    }

    byte[] raw(int length) {
        require(length <= in.remaining(), "an object that ends in the middle of a field");
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    String hex(int length) {
        return Bytes.hex(raw(length));
    }

    byte[] rest() {
        return raw(in.remaining());
    }

    int position() {
        return in.position();
    }

    /** The bytes from one position to the cursor. */
    byte[] since(int start) {
        byte[] bytes = new byte[in.position() - start];
        in.get(start, bytes);
        return bytes;
    }

    void expect(String magic) {
        require(new String(raw(magic.length()), StandardCharsets.US_ASCII).equals(magic), "no " + magic);
    }

    /** After the last field nothing follows. */
    void end() {
        require(!in.hasRemaining(), "bytes after the last field");
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new FormatException(otherwise);
        }
    }
}
