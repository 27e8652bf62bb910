package io.jenkins.plugins.provenbackup.engine.storage;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** The SHA-256 of an object, which is also its name. */
public final class ObjectHash implements Comparable<ObjectHash> {

    /** Length in bytes. */
    public static final int LENGTH = 32;

    private final byte[] bytes;

    private ObjectHash(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A hash from its 32 bytes, which are copied.
     *
     * @throws IllegalArgumentException for any other number of bytes
     */
    public static ObjectHash of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a SHA-256 has 32 bytes, not " + bytes.length);
        }
        return new ObjectHash(bytes.clone());
    }

    /**
     * A hash from 64 hexadecimal digits.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static ObjectHash parse(String hex) {
        return of(HexFormat.of().parseHex(hex));
    }

    /** The hash of some content. */
    public static ObjectHash ofContent(byte[] content) {
        MessageDigest digest = newDigest();
        return new ObjectHash(digest.digest(content));
    }

    /** A SHA-256 digest, which every Java platform has. */
    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    /** A copy of the 32 bytes. */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    @Override
    public int compareTo(ObjectHash other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ObjectHash that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** 64 hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
