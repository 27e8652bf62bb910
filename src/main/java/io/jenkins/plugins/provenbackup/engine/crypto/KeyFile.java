package io.jenkins.plugins.provenbackup.engine.crypto;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;

/**
 * A key as text that can be stored, mailed or printed: a line {@code -----BEGIN PROVEN BACKUP RECOVERY KEY-----} (or {@code
 * BACKUP}, {@code SOURCE}), base64 in lines of 64 characters, and the matching {@code -----END} line. Secrets pass through
 * byte arrays only, which are wiped.
 */
public final class KeyFile {

    private static final String BEGIN = "-----BEGIN PROVEN BACKUP ";
    private static final String END = "-----END PROVEN BACKUP ";
    private static final String TAIL = " KEY-----";
    private static final byte[] NEWLINE = {'\n'};
    private static final int MAX_FILE = 2 * KeyPayload.MAX_LENGTH;

    private KeyFile() {}

    /** The text of a key in ASCII; the caller wipes it. */
    public static byte[] encode(AccessKey key) {
        byte[] payload = KeyPayload.encode(key);
        byte[] base64 = Base64.getMimeEncoder(64, NEWLINE).encode(payload);
        Arrays.fill(payload, (byte) 0);
        byte[] begin = ascii(BEGIN + key.kind() + TAIL + "\n");
        byte[] end = ascii("\n" + END + key.kind() + TAIL + "\n");
        byte[] text = ByteBuffer.allocate(begin.length + base64.length + end.length)
                .put(begin)
                .put(base64)
                .put(end)
                .array();
        Arrays.fill(base64, (byte) 0);
        return text;
    }

    /**
     * Reads the text of a key; white space around it and any line ends are accepted. The text is left as it is.
     *
     * @throws NotAKeyFileException when it is something else
     * @throws DamagedException when characters were lost or changed
     * @throws UnsupportedFormatException when a newer version of this program wrote it
     */
    public static AccessKey parse(byte[] text)
            throws NotAKeyFileException, DamagedException, UnsupportedFormatException {
        return parse(text, "This key");
    }

    /**
     * Reads a key file.
     *
     * @throws NotAKeyFileException when it is something else
     * @throws DamagedException when characters were lost or changed
     * @throws UnsupportedFormatException when a newer version of this program wrote it
     * @throws IOException when it cannot be read
     */
    public static AccessKey read(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE) {
            throw notAKey(file.toString());
        }
        byte[] text = Files.readAllBytes(file);
        try {
            return parse(text, file.toString());
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    /**
     * Writes a new key file that only its owner can read (mode 0600 where the file system has modes), and syncs it.
     *
     * @throws FileAlreadyExistsException when there is such a file; it is left as it is
     * @throws IOException when it cannot be written; nothing is left behind
     */
    public static void write(Path file, AccessKey key) throws IOException {
        byte[] text = encode(key);
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, ownerOnly(file))) {
            ByteBuffer buffer = ByteBuffer.wrap(text);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        };
    }

    private static AccessKey parse(byte[] text, String name)
            throws NotAKeyFileException, DamagedException, UnsupportedFormatException {
        for (AccessKey.Kind kind : AccessKey.Kind.values()) {
            byte[] begin = ascii(BEGIN + kind + TAIL);
            int start = skipSpace(text);
            if (startsWith(text, start, begin)) {
                return parse(text, start + begin.length, kind, name);
            }
        }
        throw notAKey(name);
    }

    private static AccessKey parse(byte[] text, int from, AccessKey.Kind kind, String name)
            throws DamagedException, UnsupportedFormatException {
        byte[] end = ascii(END + kind + TAIL);
        byte[] base64 = new byte[text.length - from];
        int length = 0;
        int at = from;
        while (at < text.length && text[at] != '-') {
            if (!isSpace(text[at])) {
                base64[length++] = text[at];
            }
            at++;
        }
        if (!startsWith(text, at, end)) {
            Arrays.fill(base64, (byte) 0);
            throw new DamagedException(
                    name + " is cut off or damaged: its last line is missing. Use another copy of it.");
        }
        byte[] exact = Arrays.copyOf(base64, length);
        byte[] payload = new byte[0];
        try {
            payload = Base64.getDecoder().decode(exact);
            AccessKey key = KeyPayload.decode(payload, name);
            if (key.kind() != kind) {
                key.close();
                throw new DamagedException(name + " says " + kind.label() + " but holds a "
                        + key.kind().label() + ". Use another copy of it, or export it again.");
            }
            return key;
        } catch (IllegalArgumentException e) {
            throw new DamagedException(
                    name + " is damaged: it has characters that do not belong there. Use another copy of it.");
        } finally {
            Arrays.fill(base64, (byte) 0);
            Arrays.fill(exact, (byte) 0);
            Arrays.fill(payload, (byte) 0);
        }
    }

    private static NotAKeyFileException notAKey(String name) {
        return new NotAKeyFileException(name + " is not a key file of this program: it does not begin with \"" + BEGIN
                + "...\". Give the file that init or key export-backup-key wrote.");
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
