package io.jenkins.plugins.provenbackup.engine.catalog;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An immutable string of bytes with value equality: names, link targets and attribute values are bytes, not text. */
public final class ByteString implements Comparable<ByteString> {

    public static final ByteString EMPTY = new ByteString(new byte[0]);

    private final byte[] bytes;

    private ByteString(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Copies the bytes. */
    public static ByteString of(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new ByteString(bytes.clone());
    }

    /** The UTF-8 bytes of a text. */
    public static ByteString utf8(String text) {
        return text.isEmpty() ? EMPTY : new ByteString(text.getBytes(StandardCharsets.UTF_8));
    }

    public int length() {
        return bytes.length;
    }

    /** A copy of the bytes. */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    /** The bytes themselves, for code of this package that does not change them. */
    byte[] rawBytes() {
        return bytes;
    }

    /** As unsigned bytes. */
    @Override
    public int compareTo(ByteString other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ByteString that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** For messages; see {@link PrintableName}. */
    @Override
    public String toString() {
        return PrintableName.of(bytes);
    }
}
