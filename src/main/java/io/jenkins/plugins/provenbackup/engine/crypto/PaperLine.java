package io.jenkins.plugins.provenbackup.engine.crypto;

import java.util.Arrays;
import java.util.Locale;

/**
 * One printed line: 18 characters of content and 6 of checksum in groups of four. Alphabet and checksum are Bech32m's (BIP-173
 * and BIP-350; a BCH code over 32 symbols), with "pb" and the line's number as human-readable part, so that up to four wrong
 * characters, two that changed places, and a line under another number are always found.
 */
final class PaperLine {

    /** Characters of content. */
    static final int CONTENT = 18;

    static final int LENGTH = CONTENT + 6;
    private static final String ALPHABET = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L";
    private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    private static final int BECH32M = 0x2bc830a3;

    private PaperLine() {}

    /** The line's characters without its number; {@code content} are 18 values from 0 to 31. */
    static byte[] format(int number, byte[] content) {
        byte[] values = Arrays.copyOf(content, LENGTH);
        int check = checksum(number, values) ^ BECH32M;
        for (int i = 0; i < LENGTH - CONTENT; i++) {
            values[CONTENT + i] = (byte) (check >>> 5 * (LENGTH - CONTENT - 1 - i) & 31);
        }
        byte[] line = new byte[LENGTH + LENGTH / 4 - 1];
        Arrays.fill(line, (byte) ' ');
        for (int i = 0; i < LENGTH; i++) {
            line[i + i / 4] = (byte) ALPHABET.charAt(values[i]);
        }
        Arrays.fill(values, (byte) 0);
        return line;
    }

    /**
     * The 18 values of a line as it was typed: spaces, dashes and upper or lower case do not matter, and letters that are
     * not used stand for the characters they look like.
     *
     * @throws MistypedException when it is not a line that was printed under this number
     */
    static byte[] parse(int number, char[] typed) throws MistypedException {
        byte[] values = new byte[LENGTH];
        try {
            int length = 0;
            for (char character : typed) {
                if (character == ' ' || character == '-' || character == '\t' || character == '\r') {
                    continue;
                }
                int value = ALPHABET.indexOf(meant(character));
                if (value < 0) {
                    throw new MistypedException("Line " + number + ", character " + (length + 1)
                            + " is none that occurs in this form. Type the line again.");
                }
                if (length < LENGTH) {
                    values[length] = (byte) value;
                }
                length++;
            }
            if (length != LENGTH) {
                throw new MistypedException("Line " + number + " has " + length + " characters instead of " + LENGTH
                        + ". Type the line again.");
            }
            if (checksum(number, values) != BECH32M) {
                throw new MistypedException(
                        "Line " + number
                                + " is not as it was printed: its checksum does not fit. Compare its groups and type it again.");
            }
            return Arrays.copyOf(values, CONTENT);
        } finally {
            Arrays.fill(values, (byte) 0);
        }
    }

    private static char meant(char character) {
        char upper = Character.toUpperCase(character);
        return switch (upper) {
            case 'O' -> '0';
            case 'I', '1' -> 'L';
            case 'B' -> '8';
            default -> upper;
        };
    }

    /** The remainder of the human-readable part and the values, by BIP-173. */
    private static int checksum(int number, byte[] values) {
        String part = String.format(Locale.ROOT, "pb%d", number);
        int remainder = 1;
        for (int i = 0; i < part.length(); i++) {
            remainder = step(remainder, part.charAt(i) >> 5);
        }
        remainder = step(remainder, 0);
        for (int i = 0; i < part.length(); i++) {
            remainder = step(remainder, part.charAt(i) & 31);
        }
        for (byte value : values) {
            remainder = step(remainder, value);
        }
        return remainder;
    }

    private static int step(int remainder, int value) {
        int top = remainder >>> 25;
        int next = (remainder & 0x1ffffff) << 5 ^ value;
        for (int i = 0; i < GENERATOR.length; i++) {
            if ((top >>> i & 1) == 1) {
                next ^= GENERATOR[i];
            }
        }
        return next;
    }
}
