package io.jenkins.plugins.provenbackup.engine.crypto;

import java.security.SecureRandom;

/**
 * Which repository: 16 random bytes, the same at every destination.
 *
 * @param hex 32 lower-case hexadecimal digits
 */
public record RepositoryId(String hex) implements Comparable<RepositoryId> {

    /**
     * Checks the text.
     *
     * @throws IllegalArgumentException when it is not 32 lower-case hexadecimal digits
     */
    public RepositoryId {
        Hex16.check(hex);
    }

    /**
     * From its bytes.
     *
     * @throws IllegalArgumentException when these are not 16
     */
    public static RepositoryId of(byte[] bytes) {
        return new RepositoryId(Hex16.format(bytes));
    }

    /** A new random one. */
    public static RepositoryId random() {
        byte[] bytes = new byte[Hex16.BYTES];
        new SecureRandom().nextBytes(bytes);
        return of(bytes);
    }

    /** A new copy of the 16 bytes. */
    public byte[] bytes() {
        return Hex16.parse(hex);
    }

    @Override
    public int compareTo(RepositoryId other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
