package io.jenkins.plugins.provenbackup.engine.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** Keys as text: base64 in lines of 64 characters between a BEGIN and an END line. Secrets pass through byte arrays only. */
final class Armour {

    private static final String BEGIN = "-----BEGIN PROVEN BACKUP ";
    private static final String END = "-----END PROVEN BACKUP ";
    private static final String TAIL = "-----";
    private static final byte[] NEWLINE = {'\n'};

    private Armour() {}

    static String begin(String title) {
        return BEGIN + title + TAIL;
    }

    /** The text, in ASCII; the payload is left as it is. */
    static byte[] encode(String title, byte[] payload) {
        byte[] base64 = Base64.getMimeEncoder(64, NEWLINE).encode(payload);
        byte[] begin = ascii(begin(title) + "\n");
        byte[] end = ascii("\n" + END + title + TAIL + "\n");
        byte[] text = ByteBuffer.allocate(begin.length + base64.length + end.length)
                .put(begin)
                .put(base64)
                .put(end)
                .array();
        Arrays.fill(base64, (byte) 0);
        return text;
    }

    /** Whether a text begins as one of this title does; white space before it does not matter. */
    static boolean isOf(String title, byte[] text) {
        return startsWith(text, skipSpace(text), ascii(begin(title)));
    }

    /** The payload of a text that {@link #isOf} the title, for the caller to wipe; the text is left as it is. */
    static byte[] decode(String title, byte[] text, String name) throws DamagedException {
        int from = skipSpace(text) + begin(title).length();
        byte[] base64 = new byte[text.length - from];
        byte[] exact = new byte[0];
        try {
            int length = 0;
            int at = from;
            while (at < text.length && text[at] != '-') {
                if (!isSpace(text[at])) {
                    base64[length++] = text[at];
                }
                at++;
            }
            if (!startsWith(text, at, ascii(END + title + TAIL))) {
                throw new DamagedException(
                        name + " is cut off or damaged: its last line is missing. Use another copy of it.");
            }
            exact = Arrays.copyOf(base64, length);
            return strictly(exact);
        } catch (IllegalArgumentException e) {
            throw new DamagedException(
                    name + " is damaged: it has characters that do not belong there. Use another copy of it.");
        } finally {
            Arrays.fill(base64, (byte) 0);
            Arrays.fill(exact, (byte) 0);
        }
    }

    /** The decoder passes over the last character's bits that mean nothing, so two texts could be the same key. */
    private static byte[] strictly(byte[] base64) {
        byte[] payload = Base64.getDecoder().decode(base64);
        byte[] again = Base64.getEncoder().encode(payload);
        boolean isSame = Arrays.equals(again, base64);
        Arrays.fill(again, (byte) 0);
        if (!isSame) {
            Arrays.fill(payload, (byte) 0);
            throw new IllegalArgumentException("its last character is another");
        }
        return payload;
    }

    private static int skipSpace(byte[] text) {
        int at = 0;
        while (at < text.length && isSpace(text[at])) {
            at++;
        }
        return at;
    }

    private static boolean isSpace(byte character) {
        return character == ' ' || character == '\n' || character == '\r' || character == '\t';
    }

    private static boolean startsWith(byte[] text, int at, byte[] expected) {
        return text.length - at >= expected.length
                && Arrays.equals(text, at, at + expected.length, expected, 0, expected.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
