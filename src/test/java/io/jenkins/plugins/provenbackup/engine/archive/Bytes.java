package io.jenkins.plugins.provenbackup.engine.archive;

import java.util.Random;

/** Contents for tests, the same at every run. */
final class Bytes {

    private Bytes() {}

    static byte[] random(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** Text-like content that compresses well. */
    static byte[] words(long seed, int length) {
        Random random = new Random(seed);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (random.nextInt(6) == 0 ? ' ' : 'a' + random.nextInt(4));
        }
        return bytes;
    }
}
