package io.jenkins.plugins.provenbackup.engine.crypto;

import java.util.Arrays;
import javax.crypto.Mac;

/** HKDF with SHA-256, RFC 5869. */
public final class Hkdf {

    private Hkdf() {}

    /** RFC 5869 section 2.2; an empty salt stands for 32 zero bytes. */
    static byte[] extract(byte[] salt, byte[] inputKey) {
        return Hashing.hmac(salt.length == 0 ? new byte[Hashing.LENGTH] : salt, inputKey);
    }

    /** RFC 5869 section 2.3; {@code length} from 1 to 255 * 32 bytes. */
    public static byte[] expand(byte[] pseudorandomKey, byte[] info, int length) {
        if (length < 1 || length > 255 * Hashing.LENGTH) {
            throw new IllegalArgumentException("HKDF gives 1 to 8160 bytes, not " + length);
        }
        Mac mac = Hashing.hmac(pseudorandomKey);
        byte[] result = new byte[length];
        byte[] block = new byte[0];
        for (int done = 0, counter = 1; done < length; counter++) {
            mac.update(block);
            mac.update(info);
            mac.update((byte) counter);
            Arrays.fill(block, (byte) 0);
            block = mac.doFinal();
            int step = Math.min(block.length, length - done);
            System.arraycopy(block, 0, result, done, step);
            done += step;
        }
        Arrays.fill(block, (byte) 0);
        return result;
    }

    /** Extract, then expand. */
    static byte[] derive(byte[] salt, byte[] inputKey, byte[] info, int length) {
        byte[] pseudorandomKey = extract(salt, inputKey);
        try {
            return expand(pseudorandomKey, info, length);
        } finally {
            Arrays.fill(pseudorandomKey, (byte) 0);
        }
    }
}
