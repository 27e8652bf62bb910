package io.jenkins.plugins.provenbackup.engine.repository;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Which run: 16 random bytes.
 *
 * @param hex 32 lower-case hexadecimal digits
 */
public record RunId(String hex) {

    /** Length in bytes. */
    public static final int LENGTH = 16;

    /**
     * Checks the text.
     *
     * @throws IllegalArgumentException when it is not 32 lower-case hexadecimal digits
     */
    public RunId {
        if (!hex.matches("[0-9a-f]{32}")) {
            throw new IllegalArgumentException("'" + hex + "' is not a run id: that has 32 hexadecimal digits");
        }
    }

    /** A new random one. */
    public static RunId random() {
        byte[] bytes = new byte[LENGTH];
        new SecureRandom().nextBytes(bytes);
        return of(bytes);
    }

    /** From its 16 bytes. */
    public static RunId of(byte[] bytes) {
        return new RunId(HexFormat.of().formatHex(bytes));
    }

    /** A new copy of the 16 bytes. */
    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
