package io.jenkins.plugins.provenbackup.engine.crypto;

import javax.crypto.Cipher;

/**
 * Makes AES-GCM fast from the first block of a young process. HotSpot reaches the processor's AES and carry-less multiply
 * instructions only from methods that its optimising compiler has seen called some ten thousand times, and a block of 1 MiB
 * calls them a dozen times: without this, 64 MiB take over 2 s instead of 0.05 s (Java 17 and 25 alike). Many tiny updates
 * reach the same methods for both directions. SHA-256 and HMAC need no such help.
 */
public final class CipherWarmUp {

    private static final int UPDATES = 60_000;
    private static final int PIECE = 32;

    private CipherWarmUp() {}

    /**
     * Takes 0.1 to 0.3 s of one core, once per process that is about to encrypt or decrypt more than some 4 MiB; best on a
     * thread of its own while other things start. Touches no secret and changes nothing that is written.
     */
    public static void run() {
        byte[] piece = new byte[PIECE];
        byte[] out = new byte[PIECE + AesGcm.TAG];
        try (AesGcm aes = new AesGcm(new byte[32])) {
            Cipher cipher = aes.encryption(new byte[AesGcm.NONCE], piece);
            for (int i = 0; i < UPDATES && !Thread.currentThread().isInterrupted(); i++) {
                AesGcm.update(cipher, piece, out);
            }
        }
    }
}
