package io.jenkins.plugins.provenbackup.engine.crypto;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The recovery key of a repository, locked with a passphrase: Argon2id (RFC 9106), then {@link Sealing}. Immutable. A slot
 * is a JSON object with the members {@code "slot"}, a text that is again JSON, and {@code "sha256"} of that text, which
 * tells a damaged slot from a wrong passphrase.
 */
public final class Slot {

    private static final int VERSION = 1;
    private static final String KIND = "passphrase";
    private static final String TYPE = "slot";
    private static final int ID_BYTES = 8;

    private final RepositoryId repositoryId;
    private final String id;
    private final String label;
    private final Instant created;
    private final int epoch;
    private final PassphraseKdf kdf;
    private final byte[] sealed;

    private Slot(
            RepositoryId repositoryId,
            String id,
            String label,
            Instant created,
            int epoch,
            PassphraseKdf kdf,
            byte[] sealed) {
        this.repositoryId = repositoryId;
        this.id = id;
        this.label = label;
        this.created = created;
        this.epoch = epoch;
        this.kdf = kdf;
        this.sealed = sealed;
    }

    /**
     * Locks a recovery key with a passphrase; takes about as long as {@link #open}, and 64 MiB of memory.
     *
     * @param label for people to know the slot by; not secret
     * @throws IllegalArgumentException when the passphrase is empty
     */
    public static Slot create(RecoveryKey key, char[] passphrase, String label, Instant created) {
        if (passphrase.length == 0) {
            throw new IllegalArgumentException("An empty passphrase protects nothing: choose one.");
        }
        byte[] random = new byte[ID_BYTES];
        new SecureRandom().nextBytes(random);
        String id = HexFormat.of().formatHex(random);
        PassphraseKdf kdf = PassphraseKdf.recommended();
        byte[] payload = KeyPayload.encode(key);
        try (Secret baseKey = kdf.derive(passphrase);
                Sealing sealing = new Sealing(baseKey.bytes(), key.repositoryId(), key.newestEpoch())) {
            byte[] sealed = sealing.seal(TYPE, id.getBytes(StandardCharsets.UTF_8), payload);
            return new Slot(key.repositoryId(), id, label, created, key.newestEpoch(), kdf, sealed);
        } finally {
            Arrays.fill(payload, (byte) 0);
        }
    }

    /**
     * Reads a slot without opening it.
     *
     * @param name what to call it in messages, such as its path
     * @throws DamagedException when its bytes were changed
     * @throws UnsupportedFormatException when a newer version wrote it, or its Argon2id parameters are out of bounds
     */
    public static Slot parse(byte[] bytes, String name) throws DamagedException, UnsupportedFormatException {
        Map<String, String> envelope = JsonText.strings(bytes, name);
        if (!envelope.keySet().equals(Set.of("slot", "sha256"))) {
            throw JsonText.damaged(name, "it has not the two members \"slot\" and \"sha256\"");
        }
        String text = envelope.get("slot");
        if (!sha256(text, name).equals(envelope.get("sha256"))) {
            throw JsonText.damaged(name, "its check sum does not fit");
        }
        Map<String, Object> json = JsonText.object(text, name);
        if (JsonText.integer(json, "version", name) != VERSION || !KIND.equals(JsonText.string(json, "kind", name))) {
            throw new UnsupportedFormatException(
                    name + " is of a version or kind that this program does not know. Use a"
                            + " newer version of it, or another slot.");
        }
        try {
            String id = JsonText.string(json, "id", name);
            if (id.length() != 2 * ID_BYTES || HexFormat.of().parseHex(id).length != ID_BYTES) {
                throw JsonText.damaged(name, "its id is not 16 hexadecimal digits");
            }
            return new Slot(
                    new RepositoryId(JsonText.string(json, "repository", name)),
                    id,
                    JsonText.string(json, "label", name),
                    Instant.parse(JsonText.string(json, "created", name)),
                    JsonText.integer(json, "epoch", name),
                    PassphraseKdf.parse(JsonText.object(json, "kdf", name), name),
                    JsonText.base64(json, "sealed", name));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw JsonText.damaged(name, "one of its members is malformed");
        }
    }

    /**
     * Reads and opens a slot in one step.
     *
     * @throws DamagedException when its bytes were changed
     * @throws UnsupportedFormatException when a newer version wrote it, or its Argon2id parameters are out of bounds
     * @throws ForeignRepositoryException when it is for another repository than the expected one
     * @throws WrongPassphraseException when the passphrase is another one
     */
    public static RecoveryKey open(byte[] bytes, char[] passphrase, RepositoryId expected)
            throws DamagedException, UnsupportedFormatException, ForeignRepositoryException, WrongPassphraseException {
        return parse(bytes, "The key slot").open(passphrase, expected);
    }

    /**
     * Unlocks the recovery key; the caller closes it. Takes about a second and the memory that the slot names.
     *
     * @throws DamagedException when its bytes were changed
     * @throws UnsupportedFormatException when this process has too little memory, or a newer version made the key
     * @throws ForeignRepositoryException when the slot is for another repository than the expected one
     * @throws WrongPassphraseException when the passphrase is another one
     */
    public RecoveryKey open(char[] passphrase, RepositoryId expected)
            throws DamagedException, UnsupportedFormatException, ForeignRepositoryException, WrongPassphraseException {
        if (!repositoryId.equals(expected)) {
            throw foreign(expected);
        }
        if (kdf.memoryKiB() * 1024L > Runtime.getRuntime().maxMemory()) {
            throw new UnsupportedFormatException(this + " needs " + kdf.memoryKiB() / 1024
                    + " MiB of memory to open, more than this process may use. Start it with a larger -Xmx.");
        }
        byte[] payload = new byte[0];
        try (Secret baseKey = kdf.derive(passphrase);
                Sealing sealing = new Sealing(baseKey.bytes(), repositoryId, epoch)) {
            payload = sealing.open(TYPE, id.getBytes(StandardCharsets.UTF_8), sealed, toString());
            AccessKey key = KeyPayload.decode(payload, toString());
            if (key instanceof RecoveryKey recoveryKey) {
                if (!key.repositoryId().equals(expected)) {
                    key.close();
                    throw foreign(expected);
                }
                return recoveryKey;
            }
            key.close();
            throw JsonText.damaged(toString(), "it holds no recovery key");
        } catch (WrongKeyException e) {
            throw new WrongPassphraseException(
                    this + " does not open with this passphrase. Check the keyboard layout and"
                            + " Caps Lock and try again, use another slot's passphrase, or a key file.");
        } finally {
            Arrays.fill(payload, (byte) 0);
        }
    }

    private ForeignRepositoryException foreign(RepositoryId expected) {
        return new ForeignRepositoryException(this + " belongs to repository " + repositoryId + ", not to " + expected
                + ". Somebody copied it here; use a slot or key file of this repository.");
    }

    /** The content of the slot's object. */
    public byte[] encode() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", VERSION);
        json.put("repository", repositoryId.hex());
        json.put("id", id);
        json.put("kind", KIND);
        json.put("label", label);
        json.put("created", created.toString());
        json.put("epoch", epoch);
        json.put("kdf", kdf.toJson());
        json.put("sealed", Base64.getEncoder().encodeToString(sealed));
        try {
            String text = JSON.std.asString(json);
            Map<String, Object> envelope = new LinkedHashMap<>();
            envelope.put("slot", text);
            envelope.put("sha256", HexFormat.of().formatHex(Hashing.sha256(Utf8.encode(text))));
            return Utf8.encode(JSON.std.asString(envelope));
        } catch (IOException e) {
            throw new IllegalStateException("a slot is not writable as JSON", e);
        }
    }

    private static String sha256(String text, String name) throws DamagedException {
        try {
            return HexFormat.of().formatHex(Hashing.sha256(Utf8.encode(text)));
        } catch (CharacterCodingException e) {
            throw JsonText.damaged(name, "it is not valid Unicode");
        }
    }

    /** The repository it belongs to. */
    public RepositoryId repositoryId() {
        return repositoryId;
    }

    /** 16 hexadecimal digits; the object is named {@code keys/<id>.json}. */
    public String id() {
        return id;
    }

    /** What people know it by. */
    public String label() {
        return label;
    }

    /** When it was made, by the maker's clock. */
    public Instant created() {
        return created;
    }

    /** The newest epoch of the key inside. */
    public int epoch() {
        return epoch;
    }

    @Override
    public String toString() {
        return "Key slot " + id + " (" + label + ")";
    }
}
