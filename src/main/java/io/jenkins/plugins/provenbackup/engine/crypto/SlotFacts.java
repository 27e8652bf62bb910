package io.jenkins.plugins.provenbackup.engine.crypto;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a key slot says, as JSON.
 *
 * @param repositoryId which repository it opens
 * @param id 16 hexadecimal digits
 * @param kind what opens it
 * @param created by the maker's clock
 * @param epoch the newest epoch of the recovery key inside
 * @param epochKey SHA-256 of that epoch's public key, 64 hexadecimal digits
 * @param recipient the label, and the public key that the recovery key is wrapped to
 * @param lock the matching private key under a passphrase
 * @param binding proves to the private key whose repository this is, 32 bytes
 * @param wrapped the key of {@code sealed}
 * @param sealed the recovery key
 */
record SlotFacts(
        RepositoryId repositoryId,
        String id,
        SlotKind kind,
        Instant created,
        int epoch,
        String epochKey,
        Recipient recipient,
        Optional<PassphraseLock> lock,
        Optional<byte[]> binding,
        StreamWrapping.Wrapped wrapped,
        byte[] sealed) {

    static final int ID_BYTES = 8;
    private static final int VERSION = 1;
    private static final String KEM = "X-Wing";

    /** What the wrapped key is bound to. */
    static byte[] associated(RepositoryId repositoryId, int epoch, String id) {
        byte[] name = id.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Hex16.BYTES + Integer.BYTES + name.length)
                .put(repositoryId.bytes())
                .putInt(epoch)
                .put(name)
                .array();
    }

    static SlotFacts parse(String text, String name) throws DamagedException, UnsupportedFormatException {
        Map<String, Object> json = JsonText.object(text, name);
        Optional<SlotKind> kind = SlotKind.of(JsonText.string(json, "kind", name));
        if (JsonText.integer(json, "version", name) != VERSION
                || kind.isEmpty()
                || !KEM.equals(JsonText.string(json, "kem", name))) {
            throw new UnsupportedFormatException(
                    name + " is of a version or kind that this program does not know. Use a"
                            + " newer version of it, or another slot.");
        }
        try {
            String id = JsonText.string(json, "id", name);
            String epochKey = JsonText.string(json, "epochKey", name);
            if (HexFormat.of().parseHex(id).length != ID_BYTES
                    || HexFormat.of().parseHex(epochKey).length != Hashing.LENGTH) {
                throw JsonText.damaged(name, "its id or epochKey has not its length");
            }
            byte[] encapsulation = JsonText.base64(json, "encapsulation", name);
            byte[] wrapped = JsonText.base64(json, "wrapped", name);
            if (encapsulation.length != StreamWrapping.ENCAPSULATION || wrapped.length != StreamWrapping.WRAPPED_KEY) {
                throw JsonText.damaged(name, "its wrapped key has not its length");
            }
            return new SlotFacts(
                    new RepositoryId(JsonText.string(json, "repository", name)),
                    id,
                    kind.get(),
                    Instant.parse(JsonText.string(json, "created", name)),
                    JsonText.integer(json, "epoch", name),
                    epochKey,
                    new Recipient(JsonText.string(json, "label", name), JsonText.base64(json, "publicKey", name)),
                    kind.get() == SlotKind.PASSPHRASE
                            ? Optional.of(PassphraseLock.parse(JsonText.object(json, "lock", name), name))
                            : Optional.empty(),
                    kind.get().isBound() ? Optional.of(JsonText.base64(json, "binding", name)) : Optional.empty(),
                    new StreamWrapping.Wrapped(encapsulation, wrapped),
                    JsonText.base64(json, "sealed", name));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw JsonText.damaged(name, "one of its members is malformed");
        }
    }

    String toText() {
        Base64.Encoder base64 = Base64.getEncoder();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", VERSION);
        json.put("repository", repositoryId.hex());
        json.put("id", id);
        json.put("kind", kind.word());
        json.put("label", recipient.label());
        json.put("created", created.toString());
        json.put("epoch", epoch);
        json.put("epochKey", epochKey);
        json.put("kem", KEM);
        json.put("publicKey", base64.encodeToString(recipient.publicKey()));
        lock.ifPresent(passphrase -> json.put("lock", passphrase.toJson()));
        binding.ifPresent(proof -> json.put("binding", base64.encodeToString(proof)));
        json.put("encapsulation", base64.encodeToString(wrapped.encapsulation()));
        json.put("wrapped", base64.encodeToString(wrapped.key()));
        json.put("sealed", base64.encodeToString(sealed));
        try {
            return JSON.std.asString(json);
        } catch (IOException e) {
            throw new IllegalStateException("a slot is not writable as JSON", e);
        }
    }
}
