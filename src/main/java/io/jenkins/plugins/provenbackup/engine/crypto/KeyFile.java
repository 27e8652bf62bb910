package io.jenkins.plugins.provenbackup.engine.crypto;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A key as text that can be stored, mailed or printed: a line {@code -----BEGIN PROVEN BACKUP RECOVERY KEY-----} (or {@code
 * BACKUP}, {@code SOURCE}), base64 in lines of 64 characters, and the matching {@code -----END} line. Secrets pass through
 * byte arrays only, which are wiped.
 */
public final class KeyFile {

    static final int MAX_FILE = 2 * KeyPayload.MAX_LENGTH;

    private KeyFile() {}

    /** The text of a key in ASCII; the caller wipes it. */
    public static byte[] encode(AccessKey key) {
        byte[] payload = KeyPayload.encode(key);
        byte[] text = Armour.encode(title(key.kind()), payload);
        Arrays.fill(payload, (byte) 0);
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
        try {
            OwnerOnlyFile.write(file, text);
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    private static String title(AccessKey.Kind kind) {
        return kind + " KEY";
    }

    static AccessKey parse(byte[] text, String name)
            throws NotAKeyFileException, DamagedException, UnsupportedFormatException {
        for (AccessKey.Kind kind : AccessKey.Kind.values()) {
            if (Armour.isOf(title(kind), text)) {
                return parse(text, kind, name);
            }
        }
        throw notAKey(name);
    }

    private static AccessKey parse(byte[] text, AccessKey.Kind kind, String name)
            throws DamagedException, UnsupportedFormatException {
        byte[] payload = Armour.decode(title(kind), text, name);
        try {
            AccessKey key = KeyPayload.decode(payload, name);
            if (key.kind() != kind) {
                key.close();
                throw new DamagedException(name + " says " + kind.label() + " but holds a "
                        + key.kind().label() + ". Use another copy of it, or export it again.");
            }
            return key;
        } finally {
            Arrays.fill(payload, (byte) 0);
        }
    }

    static NotAKeyFileException notAKey(String name) {
        return new NotAKeyFileException(name + " is not a key file of this program: it does not begin with"
                + " \"-----BEGIN PROVEN BACKUP ...\". Give a file that 'key new-personal', 'key export-backup-key' or"
                + " 'key paper' wrote.");
    }
}
