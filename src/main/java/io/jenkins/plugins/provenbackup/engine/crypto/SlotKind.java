package io.jenkins.plugins.provenbackup.engine.crypto;

import java.util.Locale;
import java.util.Optional;

/** What opens a key slot. */
public enum SlotKind {
    /** A passphrase that somebody knows. */
    PASSPHRASE,
    /** A key file that a person has. */
    PERSONAL,
    /** A key file that somebody else keeps for the day when nobody here can open the repository. */
    ESCROW,
    /** A sheet of paper. */
    PAPER;

    /** As it stands in slots and lists. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the secret is at hand when such a slot is made, so that the slot can prove to it whose it is. */
    boolean isBound() {
        return this == PASSPHRASE || this == PAPER;
    }

    static Optional<SlotKind> of(String word) {
        for (SlotKind kind : values()) {
            if (kind.word().equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
