package io.jenkins.plugins.provenbackup.engine.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import javax.crypto.AEADBadTagException;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.GCMParameterSpec;

/** AES-256-GCM (NIST SP 800-38D) from the JDK with 96-bit nonces and 128-bit tags. For one thread. */
final class AesGcm implements AutoCloseable {

    static final int TAG = 16;
    static final int NONCE = 12;

    private final RawKey key;
    private final Cipher cipher;

    /** Copies the key, 32 bytes. */
    AesGcm(byte[] key) {
        this.key = new RawKey("AES", key.clone());
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks AES-GCM", e);
        }
    }

    private void init(int mode, byte[] nonce, byte[] associated) {
        try {
            cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce));
        } catch (InvalidKeyException | InvalidAlgorithmParameterException e) {
            throw new IllegalStateException("this Java runtime does not take AES-256 keys", e);
        }
        cipher.updateAAD(associated);
    }

    /** Encrypts a message piece by piece and throws the result away. */
    void exercise(byte[] nonce, byte[] associated, byte[] piece, int pieces) {
        init(Cipher.ENCRYPT_MODE, nonce, associated);
        byte[] out = new byte[piece.length + TAG];
        try {
            for (int i = 0; i < pieces; i++) {
                cipher.update(piece, 0, piece.length, out, 0);
            }
            cipher.doFinal(out, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM failed to encrypt", e);
        }
    }

    /** Encrypts; returns the bytes written, which are {@code length + 16}. */
    int seal(byte[] nonce, byte[] associated, byte[] plain, int offset, int length, byte[] out, int outOffset) {
        init(Cipher.ENCRYPT_MODE, nonce, associated);
        try {
            return cipher.doFinal(plain, offset, length, out, outOffset);
        } catch (ShortBufferException e) {
            throw new IllegalArgumentException("no room for " + (length + TAG) + " bytes", e);
        } catch (IllegalBlockSizeException | BadPaddingException e) {
            throw new IllegalStateException("AES-GCM failed to encrypt", e);
        }
    }

    /** As the other one, to a buffer of any kind, whose position moves on. */
    int seal(byte[] nonce, byte[] associated, byte[] plain, int offset, int length, ByteBuffer out) {
        if (out.remaining() < length + TAG) {
            throw new IllegalArgumentException("no room for " + (length + TAG) + " bytes, only for " + out.remaining());
        }
        if (out.hasArray()) {
            int written =
                    seal(nonce, associated, plain, offset, length, out.array(), out.arrayOffset() + out.position());
            out.position(out.position() + written);
            return written;
        }
        init(Cipher.ENCRYPT_MODE, nonce, associated);
        try {
            return cipher.doFinal(ByteBuffer.wrap(plain, offset, length), out);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM failed to encrypt", e);
        }
    }

    /**
     * Decrypts {@code length} bytes, the tag included; returns the bytes written, which are {@code length - 16}.
     *
     * @throws AEADBadTagException when key, nonce, associated data or bytes are not those of the encryption
     */
    int open(byte[] nonce, byte[] associated, byte[] in, int offset, int length, byte[] out, int outOffset)
            throws AEADBadTagException {
        init(Cipher.DECRYPT_MODE, nonce, associated);
        try {
            return cipher.doFinal(in, offset, length, out, outOffset);
        } catch (AEADBadTagException e) {
            throw e;
        } catch (ShortBufferException e) {
            throw new IllegalArgumentException("no room for " + (length - TAG) + " bytes", e);
        } catch (IllegalBlockSizeException | BadPaddingException e) {
            throw new IllegalStateException("AES-GCM failed to decrypt", e);
        }
    }

    @Override
    public void close() {
        key.close();
    }
}
