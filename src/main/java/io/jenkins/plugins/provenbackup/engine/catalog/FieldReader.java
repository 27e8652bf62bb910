package io.jenkins.plugins.provenbackup.engine.catalog;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * Reads what {@link FieldWriter} wrote. Nothing is believed: a length is compared with what remains before anything is
 * allocated for it, and every method throws {@link MalformedException}, which names the object and the field, for what is
 * cut off, out of range or not in its one shortest form. For one thread.
 *
 * <p>Each method's {@code field} is the name of what is read, for that message.
 */
public final class FieldReader {

    private final byte[] data;
    private final String subject;
    private int at;

    /**
     * A reader of an object, which is not copied.
     *
     * @param subject what to call it in messages
     */
    public FieldReader(byte[] data, String subject) {
        this.data = data;
        this.subject = subject;
    }

    public int u8(String field) throws MalformedException {
        need(1, field);
        return data[at++] & 0xff;
    }

    public int u16(String field) throws MalformedException {
        return (int) bigEndian(2, field);
    }

    /** A value from 0 to 2^32-1. */
    public long u32(String field) throws MalformedException {
        return bigEndian(4, field);
    }

    /** Eight bytes; values from 2^63 on come out negative. */
    public long u64(String field) throws MalformedException {
        return bigEndian(8, field);
    }

    /** A value from 0 to 2^63-1. */
    public long varint(String field) throws MalformedException {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            int b = u8(field);
            value |= (long) (b & 0x7f) << shift;
            if (b < 0x80) {
                if (b == 0 && shift > 0) {
                    throw malformed(field + " is a number in more bytes than it needs");
                }
                return value;
            }
        }
        throw malformed(field + " is a number of more than 63 bits");
    }

    /**
     * A varint of at most {@code max}.
     *
     * @param max 0 to 2^63-1
     */
    public long varint(String field, long max) throws MalformedException {
        long value = varint(field);
        if (value > max) {
            throw malformed(field + " is " + value + ", more than " + max);
        }
        return value;
    }

    /** A varint that is an index into a table of {@code size} elements. */
    public int index(String field, int size) throws MalformedException {
        long value = varint(field);
        if (value >= size) {
            throw malformed(field + " is " + value + ", but there are only " + size);
        }
        return (int) value;
    }

    /**
     * A varint that counts elements which follow, each of at least {@code leastBytes} bytes: what could not lie in the rest
     * of the object is refused, so the caller may allocate for the count.
     */
    public int count(String field, int leastBytes, int max) throws MalformedException {
        long value = varint(field, max);
        if (value > remaining() / leastBytes) {
            throw malformed(field + " is " + value + ", more than the rest of the object can hold");
        }
        return (int) value;
    }

    public long zigzag(String field) throws MalformedException {
        long value = varint(field);
        return value >>> 1 ^ -(value & 1);
    }

    /** So many bytes, as a copy. */
    public byte[] raw(int count, String field) throws MalformedException {
        need(count, field);
        at += count;
        return Arrays.copyOfRange(data, at - count, at);
    }

    /** As {@link #raw(int, String)}, into an array of the caller's. */
    void raw(byte[] target, int offset, int count, String field) throws MalformedException {
        need(count, field);
        System.arraycopy(data, at, target, offset, count);
        at += count;
    }

    /** A length of at most {@code max}, then so many bytes. */
    public byte[] bytes(String field, int max) throws MalformedException {
        return raw(length(field, max), field);
    }

    /** A length of at most {@code max} bytes, then UTF-8. */
    public String text(String field, int max) throws MalformedException {
        int count = length(field, max);
        need(count, field);
        at += count;
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(data, at - count, count))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed(field + " is not UTF-8");
        }
    }

    public Instant time(String field) throws MalformedException {
        long seconds = zigzag(field);
        long nanos = varint(field, 999_999_999);
        if (seconds < Instant.MIN.getEpochSecond() || seconds > Instant.MAX.getEpochSecond()) {
            throw malformed(field + " is " + seconds + " seconds, beyond all calendars");
        }
        return Instant.ofEpochSecond(seconds, nanos);
    }

    /** The length of what follows, at most {@code max} and at most what remains. */
    int length(String field, int max) throws MalformedException {
        return count(field, 1, max);
    }

    /** Bytes not read yet. */
    public int remaining() {
        return data.length - at;
    }

    /** Checks that nothing follows. */
    public void end() throws MalformedException {
        if (remaining() > 0) {
            throw malformed(remaining() + " bytes follow its end");
        }
    }

    /** The error to throw when a field was read but says something impossible. */
    public MalformedException malformed(String problem) {
        return new MalformedException(subject, problem + " (before byte " + at + " of " + data.length + ")");
    }

    private long bigEndian(int bytes, String field) throws MalformedException {
        need(bytes, field);
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | data[at++] & 0xff;
        }
        return value;
    }

    private void need(int count, String field) throws MalformedException {
        if (count > remaining()) {
            throw malformed("it is cut off in " + field);
        }
    }
}
