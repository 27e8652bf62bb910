package io.jenkins.plugins.provenbackup.engine.crypto;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;

/**
 * Wraps keys to a public key, above all stream keys to an epoch's: HPKE (RFC 9180) in base mode with the X-Wing KEM
 * (draft-connolly-cfrg-xwing-kem), HKDF-SHA-256 and AES-256-GCM.
 */
final class StreamWrapping {

    static final short KEM = HPKE.kem_X_WING;
    static final short KDF = HPKE.kdf_HKDF_SHA256;
    static final short AEAD = HPKE.aead_AES_GCM256;
    static final int PUBLIC_KEY = 1216;
    static final int ENCAPSULATION = 1120;
    static final int WRAPPED_KEY = 32 + AesGcm.TAG;

    private static final byte[] INFO = "proven-backup stream v1".getBytes(StandardCharsets.US_ASCII);

    private StreamWrapping() {}

    /** The encapsulation, then the encrypted key. */
    record Wrapped(byte[] encapsulation, byte[] key) {}

    private static HPKE hpke() {
        return new HPKE(HPKE.mode_base, KEM, KDF, AEAD);
    }

    static byte[] publicKey(byte[] seed) {
        HPKE hpke = hpke();
        return hpke.serializePublicKey(keyPair(hpke, seed).getPublic());
    }

    private static AsymmetricCipherKeyPair keyPair(HPKE hpke, byte[] seed) {
        return hpke.deserializePrivateKey(seed, null);
    }

    static Wrapped wrap(byte[] publicKey, byte[] associated, byte[] streamKey) {
        return wrap(publicKey, INFO, associated, streamKey);
    }

    /** The same for another purpose. */
    static Wrapped wrap(byte[] publicKey, byte[] info, byte[] associated, byte[] key) {
        HPKE hpke = hpke();
        HPKEContextWithEncapsulation context = hpke.setupBaseS(hpke.deserializePublicKey(publicKey), info);
        try {
            return new Wrapped(context.getEncapsulation(), context.seal(associated, key));
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("HPKE failed to encrypt a key", e);
        }
    }

    /** Throws {@link InvalidCipherTextException} when the header was changed or wrapped to another key. */
    static byte[] unwrap(byte[] seed, byte[] associated, Wrapped wrapped) throws InvalidCipherTextException {
        return unwrap(seed, INFO, associated, wrapped);
    }

    /** The same for another purpose. */
    static byte[] unwrap(byte[] seed, byte[] info, byte[] associated, Wrapped wrapped)
            throws InvalidCipherTextException {
        HPKE hpke = hpke();
        return hpke.setupBaseR(wrapped.encapsulation(), keyPair(hpke, seed), info)
                .open(associated, wrapped.key());
    }
}
