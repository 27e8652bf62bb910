package io.jenkins.plugins.provenbackup.format.reader;

import static io.jenkins.plugins.provenbackup.format.reader.Bytes.join;
import static io.jenkins.plugins.provenbackup.format.reader.Bytes.u32;
import static io.jenkins.plugins.provenbackup.format.reader.Bytes.utf8;
import static io.jenkins.plugins.provenbackup.format.reader.Fields.require;

import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** Sections 3 and 4: the recovery key, out of a file or a slot, and what is derived from it. */
final class Keys {

    /** Secrets of an epoch. */
    record Epoch(byte[] seed, byte[] master) {}

    final byte[] repository;
    private final Ed25519PublicKeyParameters verification;
    private final byte[] pseudonymKey;
    private final Map<Long, Epoch> epochs = new HashMap<>();

    private Keys(byte[] payload) {
        byte[] content = Arrays.copyOf(payload, payload.length - 8);
        byte[] check = Arrays.copyOfRange(payload, content.length, payload.length);
        require(Arrays.equals(check, Arrays.copyOf(Cryptography.sha256(content), 8)), "a damaged key");
        Fields in = new Fields(content);
        in.expect("PBK1");
        require(in.u8() == 3, "not a recovery key");
        repository = in.raw(16);
        verification = new Ed25519PrivateKeyParameters(in.raw(32), 0).generatePublicKey();
        pseudonymKey = in.raw(32);
        for (long left = in.u32(); left > 0; left--) {
            epochs.put(in.u32(), new Epoch(in.raw(32), in.raw(32)));
        }
        in.end();
    }

    static Keys ofFile(String text) {
        String begin = "-----BEGIN PROVEN BACKUP RECOVERY KEY-----";
        int start = text.indexOf(begin) + begin.length();
        int end = text.indexOf("-----END PROVEN BACKUP RECOVERY KEY-----");
        require(start >= begin.length() && start <= end, "no file of a recovery key");
        return new Keys(Base64.getMimeDecoder().decode(text.substring(start, end)));
    }

    /** Out of the payload of a recovery key. */
    static Keys of(byte[] payload) {
        return new Keys(payload);
    }

    byte[] verificationKey() {
        return verification.getEncoded();
    }

    boolean isSigned(String type, String text, Object signature) {
        byte[] message = utf8("proven-backup signed v1\n" + type + "\n" + text);
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(false, verification);
        signer.update(message, 0, message.length);
        return signer.verifySignature(base64(signature));
    }

    static byte[] base64(Object text) {
        return Base64.getDecoder().decode((String) text);
    }

    /** The content of a signed document. */
    Map<String, Object> verified(String type, String json) {
        Map<String, Object> document = Json.object(json);
        String text = (String) document.get("signed");
        require(isSigned(type, text, document.get("signature")), "a signature that does not fit");
        Map<String, Object> signed = Json.object(text);
        require(signed.get("format").equals(1L), "unknown format " + signed.get("format"));
        require(signed.get("repository").equals(Bytes.hex(repository)), "another repository's document");
        return signed;
    }

    String sourceId(String sourceName) {
        return Bytes.hex(Arrays.copyOf(Cryptography.hmac(pseudonymKey, utf8(sourceName)), 16));
    }

    Epoch epoch(long number) {
        require(epochs.containsKey(number), "epoch " + number + " is not in this key");
        return epochs.get(number);
    }

    /** The key of a source for one purpose: chunk-id, catalog or segment. */
    byte[] derived(String purpose, long epoch, byte[] source) {
        byte[] info = join(utf8("proven-backup v1\0" + purpose + "\0"), u32(epoch), source);
        return Cryptography.expand(Cryptography.hmac(new byte[0], epoch(epoch).master()), info, 32);
    }
}
