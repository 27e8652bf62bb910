package io.jenkins.plugins.provenbackup.engine.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;

/** SHA-256 and HMAC-SHA-256 (RFC 2104) from the JDK, which uses the processor's SHA instructions. */
final class Hashing {

    static final int LENGTH = 32;

    private Hashing() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks SHA-256, which every Java platform must have", e);
        }
    }

    static byte[] sha256(byte[] data) {
        return sha256().digest(data);
    }

    /** A Mac ready for data; {@code key} must not be empty. */
    static Mac hmac(byte[] key) {
        try (RawKey rawKey = new RawKey("HmacSHA256", key.clone())) {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(rawKey);
            return mac;
        } catch (InvalidKeyException e) {
            throw new IllegalArgumentException("not usable as an HMAC key", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks HMAC-SHA-256", e);
        }
    }

    static byte[] hmac(byte[] key, byte[] data) {
        return hmac(key).doFinal(data);
    }
}
