package io.jenkins.plugins.provenbackup.engine.crypto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What a person brings instead of a passphrase: a key that works by itself, or one that opens key slots. */
public sealed interface HeldKey {

    /**
     * A recovery, backup or source key.
     *
     * @param key to be closed
     */
    record Access(AccessKey key) implements HeldKey {}

    /**
     * A key that opens slots.
     *
     * @param key to be closed
     */
    record Personal(PersonalKey key) implements HeldKey {}

    /**
     * A key that opens slots, when it is unlocked with a passphrase.
     *
     * @param file which
     */
    record Locked(PersonalKeyFile file) implements HeldKey {}

    /**
     * Reads a file of any of these: a key file, a personal key, or what was written for paper.
     *
     * @throws NotAKeyFileException when it is something else
     * @throws MistypedException when a line of what was written for paper is not as it was printed
     * @throws DamagedException when characters were lost or changed
     * @throws UnsupportedFormatException when a newer version of this program wrote it
     * @throws IOException when it cannot be read
     */
    static HeldKey read(Path file) throws IOException {
        if (Files.size(file) > KeyFile.MAX_FILE) {
            throw KeyFile.notAKey(file.toString());
        }
        byte[] text = Files.readAllBytes(file);
        try {
            return parse(text, file.toString());
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    /**
     * The same of a text, which is left as it is.
     *
     * @param name what messages call it
     */
    static HeldKey parse(byte[] text, String name)
            throws NotAKeyFileException, MistypedException, DamagedException, UnsupportedFormatException {
        if (PersonalKeyFile.isOne(text)) {
            PersonalKeyFile file = PersonalKeyFile.parse(text, name);
            return file.isLocked() ? new Locked(file) : new Personal(file.key());
        }
        if (PaperForm.isOne(text)) {
            return PaperForm.parse(text, name);
        }
        return new Access(KeyFile.parse(text, name));
    }
}
