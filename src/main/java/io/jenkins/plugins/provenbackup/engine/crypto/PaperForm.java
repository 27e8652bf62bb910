package io.jenkins.plugins.provenbackup.engine.crypto;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A key in lines that can be printed and typed back in. The short form, three lines, is a {@link PersonalKey}, which opens its slot
 * in the repository. The whole form, some fifteen lines, is a recovery key, which needs no slot. The bytes in the lines are
 * 1 and the seed, or 2, the length as u16 and the key's payload; then zeros up to the end of the last line.
 */
public final class PaperForm {

    private static final byte[] BEGIN = "Proven Backup key on paper".getBytes(StandardCharsets.US_ASCII);
    private static final int SHORT = 1;
    private static final int WHOLE = 2;
    private static final int BITS = 5;

    /** Lines of the longest key that is read. */
    private static final int MOST_LINES = 999;

    private PaperForm() {}

    /** The first line of the text, by which it is known. */
    public static String title() {
        return new String(BEGIN, StandardCharsets.US_ASCII);
    }

    /** The lines of a personal key, numbered, each with its line end; the caller wipes them. */
    public static byte[] lines(PersonalKey key) {
        byte[] content = new byte[1 + PersonalKey.SEED];
        content[0] = SHORT;
        System.arraycopy(key.seed().bytes(), 0, content, 1, PersonalKey.SEED);
        return format(content);
    }

    /** The lines of a recovery key; the caller wipes them. */
    public static byte[] lines(RecoveryKey key) {
        byte[] payload = KeyPayload.encode(key);
        if (payload.length > 0xffff) {
            throw new IllegalArgumentException("a key of so many epochs does not fit on paper");
        }
        byte[] content = new byte[3 + payload.length];
        content[0] = WHOLE;
        content[1] = (byte) (payload.length >> 8);
        content[2] = (byte) payload.length;
        System.arraycopy(payload, 0, content, 3, payload.length);
        Arrays.fill(payload, (byte) 0);
        return format(content);
    }

    private static byte[] format(byte[] content) {
        int lines = lineCount(content.length);
        Wiped out = new Wiped();
        for (int line = 0; line < lines; line++) {
            byte[] values = new byte[PaperLine.CONTENT];
            for (int i = 0; i < values.length * BITS; i++) {
                int bit = line * values.length * BITS + i;
                if (bit < content.length * 8 && (content[bit / 8] >> (7 - bit % 8) & 1) == 1) {
                    values[i / BITS] |= (byte) (1 << (BITS - 1 - i % BITS));
                }
            }
            byte[] text = PaperLine.format(line + 1, values);
            out.writeBytes(String.format("%2d  ", line + 1).getBytes(StandardCharsets.US_ASCII));
            out.writeBytes(text);
            out.write('\n');
            Arrays.fill(text, (byte) 0);
            Arrays.fill(values, (byte) 0);
        }
        Arrays.fill(content, (byte) 0);
        byte[] all = out.toByteArray();
        out.wipe();
        return all;
    }

    private static int lineCount(int bytes) {
        int perLine = PaperLine.CONTENT * BITS;
        return (bytes * 8 + perLine - 1) / perLine;
    }

    static boolean isOne(byte[] text) {
        return text.length >= BEGIN.length && Arrays.equals(text, 0, BEGIN.length, BEGIN, 0, BEGIN.length);
    }

    /** Reads the text of a file: of its lines, those that begin with a number count. */
    static HeldKey parse(byte[] text, String name)
            throws MistypedException, DamagedException, UnsupportedFormatException {
        try (Typing typing = new Typing()) {
            int at = 0;
            while (at < text.length && !typing.isComplete()) {
                int end = at;
                while (end < text.length && text[end] != '\n') {
                    end++;
                }
                char[] line = numbered(text, at, end, typing.next());
                if (line.length > 0) {
                    typing.add(line);
                    Arrays.fill(line, '\0');
                }
                at = end + 1;
            }
            if (!typing.isComplete()) {
                throw new MistypedException(name + ": line " + typing.next() + " is missing.");
            }
            return typing.finish(name);
        }
    }

    /** What follows a number at the beginning of a line; nothing where there is no such number. */
    private static char[] numbered(byte[] text, int from, int end, int number) {
        int at = from;
        while (at < end && text[at] == ' ') {
            at++;
        }
        int found = 0;
        int start = at;
        while (at < end && text[at] >= '0' && text[at] <= '9' && at - start < 3) {
            found = 10 * found + text[at] - '0';
            at++;
        }
        if (found != number || at == end || text[at] != ' ') {
            return new char[0];
        }
        char[] line = new char[end - at];
        for (int i = 0; i < line.length; i++) {
            line[i] = (char) (text[at + i] & 0xff);
        }
        return line;
    }

    /** Lines as they are typed, one after the other; each is checked at once. For one thread; closing wipes them. */
    public static final class Typing implements AutoCloseable {

        private final List<byte[]> lines = new ArrayList<>();

        /** The number of the line that comes next, from 1. */
        public int next() {
            return lines.size() + 1;
        }

        /**
         * Takes the next line, without its number.
         *
         * @throws MistypedException when it is not as it was printed; the same line is expected again
         * @throws UnsupportedFormatException when a newer version of this program printed it
         */
        public void add(char[] line) throws MistypedException, UnsupportedFormatException {
            lines.add(PaperLine.parse(next(), line));
            if (lines.size() == 1 && (expected() < 0 || lineCount(expected()) > MOST_LINES)) {
                lines.clear();
                throw new UnsupportedFormatException("This key on paper is of a kind that this program does not know."
                        + " Use a newer version of it.");
            }
        }

        /** Whether all lines are there. */
        public boolean isComplete() {
            return !lines.isEmpty() && lines.size() == lineCount(expected());
        }

        /** Bytes that the first line announces, or -1. */
        private int expected() {
            byte[] start = bytes(3);
            return switch (start[0]) {
                case SHORT -> 1 + PersonalKey.SEED;
                case WHOLE -> 3 + ((start[1] & 0xff) << 8 | start[2] & 0xff);
                default -> -1;
            };
        }

        private byte[] bytes(int length) {
            byte[] bytes = new byte[length];
            for (int bit = 0; bit < length * 8; bit++) {
                byte[] line = lines.get(bit / BITS / PaperLine.CONTENT);
                int value = line[bit / BITS % PaperLine.CONTENT];
                if ((value >> (BITS - 1 - bit % BITS) & 1) == 1) {
                    bytes[bit / 8] |= (byte) (1 << (7 - bit % 8));
                }
            }
            return bytes;
        }

        /**
         * The key, when all lines are there; the caller closes it.
         *
         * @param name what messages call it
         */
        public HeldKey finish(String name) throws DamagedException, UnsupportedFormatException {
            byte[] content = bytes(expected());
            try {
                if (content[0] == SHORT) {
                    return new HeldKey.Personal(
                            new PersonalKey("paper", Arrays.copyOfRange(content, 1, content.length)));
                }
                byte[] payload = Arrays.copyOfRange(content, 3, content.length);
                try {
                    return new HeldKey.Access(KeyPayload.decode(payload, name));
                } finally {
                    Arrays.fill(payload, (byte) 0);
                }
            } finally {
                Arrays.fill(content, (byte) 0);
            }
        }

        @Override
        public void close() {
            lines.forEach(line -> Arrays.fill(line, (byte) 0));
        }
    }

    /** A buffer that can be wiped. */
    private static final class Wiped extends ByteArrayOutputStream {
        Wiped() {
            super(1 << 16);
        }

        void wipe() {
            Arrays.fill(buf, (byte) 0);
        }
    }
}
