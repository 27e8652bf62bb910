package io.jenkins.plugins.provenbackup.engine.crypto;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * A JSON document that the repository's recovery key signed: an object with exactly the members {@code "signed"}, a string
 * that holds the document, and {@code "signature"}, base64 of Ed25519 (RFC 8032) over "proven-backup signed v1", the type
 * and the document. The document is signed as text, so no canonical form of JSON is needed.
 */
public final class SignedDocument {

    private static final String LABEL = "proven-backup signed v1\n";

    private SignedDocument() {}

    /**
     * Signs a document.
     *
     * @param type what kind of document, without line ends; must be the same at verifying
     * @param text the document, a JSON text
     * @return the envelope in UTF-8
     * @throws IllegalArgumentException when the text is not valid Unicode
     */
    public static byte[] sign(String type, String text, RecoveryKey key) {
        try {
            Map<String, Object> envelope = new LinkedHashMap<>();
            envelope.put("signed", text);
            envelope.put("signature", Base64.getEncoder().encodeToString(key.sign(message(type, text))));
            return JSON.std.asString(envelope).getBytes(StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the document is not valid Unicode text", e);
        } catch (IOException e) {
            throw new IllegalStateException("a map of strings is not writable as JSON", e);
        }
    }

    /**
     * Verifies an envelope and gives its document.
     *
     * @param verificationKey Ed25519 public key, 32 bytes, out of the reader's own key and never from the destination
     * @throws BadSignatureException when the signature is not this key's for this type and document
     * @throws DamagedException when the bytes are no envelope
     */
    public static String verify(String type, byte[] bytes, byte[] verificationKey)
            throws BadSignatureException, DamagedException {
        String name = "The signed " + type + " document";
        Map<String, String> envelope = JsonText.strings(bytes, name);
        if (!envelope.keySet().equals(Set.of("signed", "signature"))) {
            throw JsonText.damaged(name, "it has not the two members \"signed\" and \"signature\"");
        }
        String text = envelope.get("signed");
        try {
            if (isSigned(type, text, JsonText.base64(envelope, "signature", name), verificationKey)) {
                return text;
            }
        } catch (CharacterCodingException | DamagedException e) {
            // What is no signature at all is none of this key's, either.
            throw bad(type);
        }
        throw bad(type);
    }

    static boolean isSigned(String type, String text, byte[] signature, byte[] verificationKey)
            throws CharacterCodingException {
        byte[] message = message(type, text);
        return signature.length == Ed25519.SIGNATURE_SIZE
                && verificationKey.length == Ed25519.PUBLIC_KEY_SIZE
                && Ed25519.verify(signature, 0, verificationKey, 0, message, 0, message.length);
    }

    private static BadSignatureException bad(String type) {
        return new BadSignatureException("The " + type + " document is not signed by this repository's recovery key."
                + " Somebody changed it, it is damaged, or the key belongs to another repository. Do not use this"
                + " destination before you know which; compare with another destination.");
    }

    static byte[] message(String type, String text) throws CharacterCodingException {
        byte[] prefix = Utf8.encode(LABEL + type + "\n");
        byte[] document = Utf8.encode(text);
        return ByteBuffer.allocate(prefix.length + document.length)
                .put(prefix)
                .put(document)
                .array();
    }
}
