package io.jenkins.plugins.provenbackup.engine.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Who owns a repository, short enough to be compared by people: the first 16 bytes of SHA-256 over "proven-backup fingerprint
 * v1", the repository's id and its verification key.
 *
 * @param hex 32 lower-case hexadecimal digits
 */
public record Fingerprint(String hex) {

    private static final byte[] LABEL = "proven-backup fingerprint v1".getBytes(StandardCharsets.US_ASCII);

    /**
     * Checks the text.
     *
     * @throws IllegalArgumentException when it is not 32 lower-case hexadecimal digits
     */
    public Fingerprint {
        Hex16.check(hex);
    }

    /** Of the repository that a key is for. */
    public static Fingerprint of(AccessKey key) {
        var digest = Hashing.sha256();
        digest.update(LABEL);
        digest.update(key.repositoryId().bytes());
        digest.update(key.verificationKey());
        return new Fingerprint(Hex16.format(Arrays.copyOf(digest.digest(), Hex16.BYTES)));
    }

    /**
     * As people type it: groups, spaces, colons and upper case do not matter.
     *
     * @throws IllegalArgumentException when it is not 32 hexadecimal digits
     */
    public static Fingerprint parse(String text) {
        return new Fingerprint(text.replaceAll("[\\s:-]", "").toLowerCase(Locale.ROOT));
    }

    /** In eight groups of four digits. */
    @Override
    public String toString() {
        return hex.replaceAll("(....)(?!$)", "$1-");
    }
}
