package io.jenkins.plugins.provenbackup.format.reader;

import static io.jenkins.plugins.provenbackup.format.reader.Bytes.join;
import static io.jenkins.plugins.provenbackup.format.reader.Bytes.lp;
import static io.jenkins.plugins.provenbackup.format.reader.Bytes.u32;
import static io.jenkins.plugins.provenbackup.format.reader.Bytes.u64;
import static io.jenkins.plugins.provenbackup.format.reader.Bytes.utf8;
import static io.jenkins.plugins.provenbackup.format.reader.Fields.require;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Section 5: hashes, key derivation, sealing and packing. */
final class Cryptography {

    private static final int FRAME = 65_536;
    private static final int TAG = 16;

    private Cryptography() {}

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            // a key of zeros is, to HMAC, the empty key, which the JDK does not take
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[32] : key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** RFC 5869: HKDF-Expand with SHA-256. */
    static byte[] expand(byte[] pseudorandomKey, byte[] info, int length) {
        byte[] out = {};
        byte[] block = {};
        for (int i = 1; out.length < length; i++) {
            block = hmac(pseudorandomKey, join(block, info, new byte[] {(byte) i}));
            out = join(out, block);
        }
        return Arrays.copyOf(out, length);
    }

    static byte[] decrypt(byte[] key, byte[] nonce, byte[] associated, byte[] cipherText, String what) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(8 * TAG, nonce));
            cipher.updateAAD(associated);
            return cipher.doFinal(cipherText);
        } catch (GeneralSecurityException e) {
            throw new FormatException("the tag of " + what + " does not fit", e);
        }
    }

    /** Opens what was sealed for a type, a repository, an epoch and an identity. */
    static byte[] unseal(byte[] baseKey, String type, byte[] repository, long epoch, byte[] identity, byte[] sealed) {
        Fields in = new Fields(sealed);
        require(in.u8() == 1, "an unknown version of sealing");
        byte[] salt = in.raw(32);
        byte[] commitment = in.raw(32);
        byte[] info = join(utf8("proven-backup seal v1\0"), lp(utf8(type)), repository, u32(epoch));
        byte[] okm = expand(hmac(salt, baseKey), info, 64);
        require(MessageDigest.isEqual(commitment, Arrays.copyOfRange(okm, 32, 64)), "sealed with another key");
        byte[] key = Arrays.copyOf(okm, 32);
        byte[] frames = in.rest();
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        int at = 0;
        for (long i = 0; ; i++) {
            int end = Math.min(frames.length, at + FRAME + TAG);
            boolean last = end == frames.length;
            byte[] nonce = join(new byte[3], u64(i), new byte[] {(byte) (last ? 1 : 0)});
            plain.writeBytes(decrypt(key, nonce, identity, Arrays.copyOfRange(frames, at, end), "a " + type));
            at = end;
            if (last) {
                return plain.toByteArray();
            }
        }
    }

    static byte[] unpack(byte[] packed, long limit) {
        Fields in = new Fields(packed);
        int codec = in.u8();
        long length = in.u32();
        require(codec <= 1, "unknown codec " + codec);
        require(length <= limit, "something packed that is too long");
        byte[] data = in.rest();
        if (codec == 0) {
            require(data.length == length, "packed data of another length");
            return data;
        }
        byte[] plain = new byte[(int) length];
        long got = com.github.luben.zstd.Zstd.decompress(plain, data);
        require(got == length, "a zstd frame that does not have the length that was said");
        return plain;
    }
}
