package io.jenkins.plugins.provenbackup.format.reader;

import static io.jenkins.plugins.provenbackup.format.reader.Bytes.join;
import static io.jenkins.plugins.provenbackup.format.reader.Bytes.u16;
import static io.jenkins.plugins.provenbackup.format.reader.Bytes.utf8;

import java.util.Arrays;
import org.bouncycastle.crypto.Xof;
import org.bouncycastle.crypto.digests.SHA3Digest;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;

/** Section 6: opens a wrapped key by RFC 9180 in base mode, with X-Wing, HKDF-SHA256 and AES-256-GCM. */
final class Hpke {

    private static final byte[] SUITE = join(utf8("HPKE"), u16(0x647a), u16(1), u16(2));

    private Hpke() {}

    static byte[] open(byte[] seed, byte[] encapsulation, String info, byte[] associated, byte[] cipherText) {
        byte[] shared = decapsulate(seed, encapsulation);
        byte[] none = {};
        byte[] context = join(new byte[1], extract(none, "psk_id_hash", none), extract(none, "info_hash", utf8(info)));
        byte[] secret = extract(shared, "secret", none);
        byte[] key = expand(secret, "key", context, 32);
        byte[] nonce = expand(secret, "base_nonce", context, 12);
        return Cryptography.decrypt(key, nonce, associated, cipherText, "a wrapped stream key");
    }

    private static byte[] extract(byte[] salt, String label, byte[] ikm) {
        return Cryptography.hmac(salt, join(utf8("HPKE-v1"), SUITE, utf8(label), ikm));
    }

    private static byte[] expand(byte[] key, String label, byte[] info, int length) {
        return Cryptography.expand(key, join(u16(length), utf8("HPKE-v1"), SUITE, utf8(label), info), length);
    }

    /** X-Wing: SHAKE256 makes an ML-KEM-768 and an X25519 key of the seed; SHA3-256 makes one secret of their two. */
    private static byte[] decapsulate(byte[] seed, byte[] encapsulation) {
        Xof shake = new SHAKEDigest(256);
        shake.update(seed, 0, seed.length);
        byte[] expanded = new byte[96];
        shake.doFinal(expanded, 0, expanded.length);
        var lattice = new MLKEMPrivateKeyParameters(MLKEMParameters.ml_kem_768, Arrays.copyOf(expanded, 64));
        var curve = new X25519PrivateKeyParameters(expanded, 64);
        byte[] ephemeral = Arrays.copyOfRange(encapsulation, 1088, 1120);
        byte[] curveSecret = new byte[32];
        curve.generateSecret(new X25519PublicKeyParameters(ephemeral, 0), curveSecret, 0);
        byte[] latticeSecret = new MLKEMExtractor(lattice).extractSecret(Arrays.copyOf(encapsulation, 1088));
        byte[] all = join(
                latticeSecret, curveSecret, ephemeral, curve.generatePublicKey().getEncoded(), utf8("\\.//^\\"));
        SHA3Digest sha3 = new SHA3Digest(256);
        sha3.update(all, 0, all.length);
        byte[] shared = new byte[32];
        sha3.doFinal(shared, 0);
        return shared;
    }
}
