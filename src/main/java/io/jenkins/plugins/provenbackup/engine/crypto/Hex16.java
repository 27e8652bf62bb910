package io.jenkins.plugins.provenbackup.engine.crypto;

import java.util.HexFormat;
import java.util.Locale;

/** The text form that all identifiers of 16 bytes share: 32 lower-case hexadecimal digits. */
final class Hex16 {

    static final int BYTES = 16;
    private static final HexFormat HEX = HexFormat.of();

    private Hex16() {}

    static String check(String hex) {
        if (hex.length() != 2 * BYTES || !hex.equals(hex.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("not 32 lower-case hexadecimal digits: " + hex);
        }
        HEX.parseHex(hex);
        return hex;
    }

    static String format(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("an identifier has 16 bytes, not " + bytes.length);
        }
        return HEX.formatHex(bytes);
    }

    static byte[] parse(String hex) {
        return HEX.parseHex(hex);
    }
}
