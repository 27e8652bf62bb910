package io.jenkins.plugins.provenbackup.jenkins.start;

import java.security.SecureRandom;

/** Makes up passphrases. */
final class Passphrases {

    // Without letters and digits that look alike; 32 of them, 5 bits each.
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz123456789";
    private static final int GROUPS = 6;
    private static final int GROUP = 4;

    private Passphrases() {}

    /** 120 random bits in six groups of four characters, for the caller to wipe. */
    static char[] random() {
        SecureRandom random = new SecureRandom();
        char[] passphrase = new char[GROUPS * (GROUP + 1) - 1];
        for (int i = 0; i < passphrase.length; i++) {
            boolean isBetween = i % (GROUP + 1) == GROUP;
            passphrase[i] = isBetween ? '-' : ALPHABET.charAt(random.nextInt(ALPHABET.length()));
        }
        return passphrase;
    }
}
