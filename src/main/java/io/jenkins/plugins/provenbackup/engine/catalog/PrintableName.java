package io.jenkins.plugins.provenbackup.engine.catalog;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Shows raw names on a terminal or in JSON: UTF-8 where it is valid, {@code \xHH} for other bytes and for controls, {@code \\} for a backslash. The form is reversible by {@link #parse}, so a name can be copied from a
 * listing back to a command line.
 */
public final class PrintableName {

    private PrintableName() {}

    public static String of(byte[] name) {
        if (isPlain(name)) {
            return new String(name, StandardCharsets.US_ASCII);
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(name);
        CharBuffer out = CharBuffer.allocate(name.length);
        StringBuilder text = new StringBuilder(name.length + 16);
        while (in.hasRemaining()) {
            CoderResult result = decoder.decode(in, out, true);
            appendEscaped(text, out.flip());
            out.clear();
            decoder.reset();
            if (result.isError()) {
                for (int i = 0; i < result.length(); i++) {
                    appendHex(text, in.get());
                }
            }
        }
        return text.toString();
    }

    /**
     * The bytes that a text stands for: its UTF-8, with {@code \xHH} and {@code \\} undone.
     *
     * @throws IllegalArgumentException when a backslash begins neither
     */
    public static byte[] parse(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[utf8.length];
        int length = 0;
        for (int i = 0; i < utf8.length; i++) {
            if (utf8[i] != '\\') {
                out[length++] = utf8[i];
            } else if (i + 1 < utf8.length && utf8[i + 1] == '\\') {
                out[length++] = '\\';
                i++;
            } else if (i + 3 < utf8.length
                    && utf8[i + 1] == 'x'
                    && Character.digit(utf8[i + 2], 16) >= 0
                    && Character.digit(utf8[i + 3], 16) >= 0) {
                out[length++] = (byte) (Character.digit(utf8[i + 2], 16) << 4 | Character.digit(utf8[i + 3], 16));
                i += 3;
            } else {
                throw new IllegalArgumentException(
                        "'" + text + "': a backslash in a name is written \\\\, any other byte \\xHH");
            }
        }
        return Arrays.copyOf(out, length);
    }

    private static boolean isPlain(byte[] name) {
        for (byte b : name) {
            if (b < 0x20 || b == 0x7f || b == '\\') {
                return false;
            }
        }
        return true;
    }

    private static void appendEscaped(StringBuilder text, CharBuffer chars) {
        while (chars.hasRemaining()) {
            char c = chars.get();
            if (c == '\\') {
                text.append("\\\\");
            } else if (commandsATerminal(c)) {
                for (byte b : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
                    appendHex(text, b);
                }
            } else {
                text.append(c);
            }
        }
    }

    /** Controls, and marks that turn the direction of writing, with which a name could look like another. */
    private static boolean commandsATerminal(char c) {
        return Character.isISOControl(c)
                || c == '\u2028'
                || c == '\u2029'
                || c >= '\u202a' && c <= '\u202e'
                || c >= '\u2066' && c <= '\u2069';
    }

    private static void appendHex(StringBuilder text, byte b) {
        text.append("\\x").append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
    }
}
