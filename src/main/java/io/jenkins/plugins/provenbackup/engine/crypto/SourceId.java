package io.jenkins.plugins.provenbackup.engine.crypto;

/**
 * A source's pseudonym, which tells a destination nothing about its name: HMAC-SHA-256(pseudonym key, UTF-8 name),
 * the first 16 bytes.
 *
 * @param hex 32 lower-case hexadecimal digits
 */
public record SourceId(String hex) implements Comparable<SourceId> {

    /**
     * Checks the text.
     *
     * @throws IllegalArgumentException when it is not 32 lower-case hexadecimal digits
     */
    public SourceId {
        Hex16.check(hex);
    }

    /**
     * From its bytes.
     *
     * @throws IllegalArgumentException when these are not 16
     */
    public static SourceId of(byte[] bytes) {
        return new SourceId(Hex16.format(bytes));
    }

    /** A new copy of the 16 bytes. */
    public byte[] bytes() {
        return Hex16.parse(hex);
    }

    @Override
    public int compareTo(SourceId other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
