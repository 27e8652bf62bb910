package io.jenkins.plugins.provenbackup.engine.crypto;

/**
 * A stream's name: the first 16 bytes of SHA-256 over its header.
 *
 * @param hex 32 lower-case hexadecimal digits
 */
public record StreamId(String hex) implements Comparable<StreamId> {

    /**
     * Checks the text.
     *
     * @throws IllegalArgumentException when it is not 32 lower-case hexadecimal digits
     */
    public StreamId {
        Hex16.check(hex);
    }

    /**
     * From its bytes.
     *
     * @throws IllegalArgumentException when these are not 16
     */
    public static StreamId of(byte[] bytes) {
        return new StreamId(Hex16.format(bytes));
    }

    /** A new copy of the 16 bytes. */
    public byte[] bytes() {
        return Hex16.parse(hex);
    }

    // Written out: what the JDK makes for records is slow until the optimising compiler has seen it, and these are
    // hashed for every
    // file.
    @Override
    public boolean equals(Object other) {
        return other instanceof StreamId that && hex.equals(that.hex);
    }

    @Override
    public int hashCode() {
        return hex.hashCode();
    }

    @Override
    public int compareTo(StreamId other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
