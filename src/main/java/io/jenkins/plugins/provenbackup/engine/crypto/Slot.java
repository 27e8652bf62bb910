package io.jenkins.plugins.provenbackup.engine.crypto;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.crypto.InvalidCipherTextException;

/**
 * The recovery key of a repository, wrapped to the public key of one {@link PersonalKey}, which a person or an escrow has, stands
 * on paper, or is locked in the slot itself with a passphrase. So the recovery key of a new epoch can be put into a slot of
 * the same opener without the opener. Immutable. A slot is a JSON object with the members {@code "slot"}, a text that is again
 * JSON, the owner's {@code "signature"}, and {@code "sha256"} of both, which tells a damaged slot from a wrong passphrase.
 */
public final class Slot {

    private static final String TYPE = "slot";
    private static final byte[] INFO = "proven-backup slot v1".getBytes(StandardCharsets.US_ASCII);

    private final SlotFacts facts;
    private final String text;
    private final byte[] signature;

    private Slot(SlotFacts facts, String text, byte[] signature) {
        this.facts = facts;
        this.text = text;
        this.signature = signature;
    }

    /**
     * Locks a recovery key with a passphrase; takes about as long as {@link #open}, and 64 MiB of memory.
     *
     * @param label for people to know the slot by; not secret
     * @throws IllegalArgumentException when the passphrase is empty
     */
    public static Slot create(RecoveryKey key, char[] passphrase, String label, Instant created) {
        try (PersonalKey own = PersonalKey.generate(label)) {
            PassphraseLock lock = PassphraseLock.create(own, passphrase, key.repositoryId());
            return make(
                    key,
                    SlotKind.PASSPHRASE,
                    own.recipient(),
                    Optional.of(lock),
                    Optional.of(binding(key, own)),
                    created);
        }
    }

    /** For a sheet of paper that shows this key. */
    public static Slot createForPaper(RecoveryKey key, PersonalKey paper, Instant created) {
        return make(
                key, SlotKind.PAPER, paper.recipient(), Optional.empty(), Optional.of(binding(key, paper)), created);
    }

    /**
     * For somebody whose private key is elsewhere. The opener of such a slot must know the repository's {@link Fingerprint}.
     *
     * @param kind personal or escrow
     */
    public static Slot create(RecoveryKey key, SlotKind kind, Recipient recipient, Instant created) {
        if (kind.isBound()) {
            throw new IllegalArgumentException("a slot of kind " + kind.word() + " is made with its secret at hand");
        }
        return make(key, kind, recipient, Optional.empty(), Optional.empty(), created);
    }

    /** A slot for the same opener with another recovery key of the same repository in it; needs no passphrase. */
    public Slot renew(RecoveryKey newer, Instant created) {
        return make(newer, facts.kind(), facts.recipient(), facts.lock(), facts.binding(), created);
    }

    private static byte[] binding(RecoveryKey key, PersonalKey own) {
        return own.binding(key.repositoryId(), key.verificationKey());
    }

    private static Slot make(
            RecoveryKey key,
            SlotKind kind,
            Recipient recipient,
            Optional<PassphraseLock> lock,
            Optional<byte[]> binding,
            Instant created) {
        SecureRandom random = new SecureRandom();
        byte[] name = new byte[SlotFacts.ID_BYTES];
        random.nextBytes(name);
        String id = HexFormat.of().formatHex(name);
        byte[] baseKey = new byte[32];
        random.nextBytes(baseKey);
        int epoch = key.newestEpoch();
        byte[] payload = KeyPayload.encode(key);
        try (Sealing sealing = new Sealing(baseKey, key.repositoryId(), epoch)) {
            SlotFacts facts = new SlotFacts(
                    key.repositoryId(),
                    id,
                    kind,
                    created,
                    epoch,
                    epochKey(key),
                    recipient,
                    lock,
                    binding,
                    StreamWrapping.wrap(
                            recipient.publicKey(), INFO, SlotFacts.associated(key.repositoryId(), epoch, id), baseKey),
                    sealing.seal(TYPE, id.getBytes(StandardCharsets.UTF_8), payload));
            String text = facts.toText();
            return new Slot(facts, text, key.sign(SignedDocument.message(TYPE, text)));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the label is not valid Unicode text", e);
        } finally {
            Arrays.fill(payload, (byte) 0);
            Arrays.fill(baseKey, (byte) 0);
        }
    }

    private static String epochKey(RecoveryKey key) {
        try {
            return HexFormat.of().formatHex(Hashing.sha256(key.publicKey(key.newestEpoch())));
        } catch (UnknownEpochException e) {
            throw new IllegalStateException("a key holds its newest epoch", e);
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
        if (!envelope.keySet().equals(Set.of("slot", "sha256", "signature"))) {
            throw JsonText.damaged(name, "it has not the three members \"slot\", \"sha256\" and \"signature\"");
        }
        String text = envelope.get("slot");
        byte[] signature = JsonText.base64(envelope, "signature", name);
        if (!sha256(text, signature, name).equals(envelope.get("sha256"))) {
            throw JsonText.damaged(name, "its check sum does not fit");
        }
        return new Slot(SlotFacts.parse(text, name), text, signature);
    }

    /**
     * Reads and opens a slot in one step.
     *
     * @throws DamagedException when its bytes were changed
     * @throws UnsupportedFormatException when a newer version wrote it, or its Argon2id parameters are out of bounds
     * @throws ForeignRepositoryException when it is for another repository than the expected one
     * @throws WrongPassphraseException when the passphrase is another one
     * @throws BadSignatureException when somebody else than the owner of the repository made it
     */
    public static RecoveryKey open(byte[] bytes, char[] passphrase, RepositoryId expected)
            throws DamagedException, UnsupportedFormatException, ForeignRepositoryException, WrongPassphraseException,
                    BadSignatureException {
        Slot slot = parse(bytes, "The key slot");
        try (PersonalKey own = slot.unlock(passphrase, expected)) {
            return slot.open(own, expected);
        }
    }

    /**
     * The personal key that a passphrase unlocks here; the caller closes it. It opens all slots of the same opener. Takes about a
     * second and the memory that the slot names.
     *
     * @throws UnsupportedFormatException when this process has too little memory
     * @throws ForeignRepositoryException when the slot is for another repository than the expected one
     * @throws WrongPassphraseException when the passphrase is another one, or no passphrase opens this slot
     */
    public PersonalKey unlock(char[] passphrase, RepositoryId expected)
            throws DamagedException, UnsupportedFormatException, ForeignRepositoryException, WrongPassphraseException {
        requireOf(expected);
        if (facts.lock().isEmpty()) {
            throw new WrongPassphraseException(this + " is opened by a key, not by a passphrase.");
        }
        return facts.lock().get().open(passphrase, facts.repositoryId(), facts.recipient(), toString());
    }

    /**
     * Opens the recovery key, which the caller closes.
     *
     * @throws DamagedException when its bytes were changed, or it is not made for this key
     * @throws UnsupportedFormatException when a newer version made the key
     * @throws ForeignRepositoryException when the slot is for another repository than the expected one
     * @throws BadSignatureException when somebody else than the owner of the repository made it
     */
    public RecoveryKey open(PersonalKey own, RepositoryId expected)
            throws DamagedException, UnsupportedFormatException, ForeignRepositoryException, BadSignatureException {
        requireOf(expected);
        byte[] payload = new byte[0];
        byte[] baseKey = new byte[0];
        try {
            byte[] associated = SlotFacts.associated(facts.repositoryId(), facts.epoch(), facts.id());
            baseKey = StreamWrapping.unwrap(own.seed().bytes(), INFO, associated, facts.wrapped());
            try (Sealing sealing = new Sealing(baseKey, facts.repositoryId(), facts.epoch())) {
                payload = sealing.open(TYPE, id().getBytes(StandardCharsets.UTF_8), facts.sealed(), toString());
            }
            return proven(KeyPayload.decode(payload, toString()), own);
        } catch (InvalidCipherTextException | WrongKeyException e) {
            throw JsonText.damaged(toString(), "what it holds does not unwrap");
        } finally {
            Arrays.fill(payload, (byte) 0);
            Arrays.fill(baseKey, (byte) 0);
        }
    }

    /** Refuses a key that the slot's maker did not own; closes what it refuses. */
    private RecoveryKey proven(AccessKey key, PersonalKey own)
            throws DamagedException, ForeignRepositoryException, BadSignatureException {
        boolean isProven = false;
        try {
            requireOf(key.repositoryId());
            if (!(key instanceof RecoveryKey recoveryKey)) {
                throw JsonText.damaged(toString(), "it holds no recovery key");
            }
            if (recoveryKey.newestEpoch() != epoch() || !epochKey(recoveryKey).equals(facts.epochKey())) {
                throw JsonText.damaged(toString(), "it holds a key of another epoch than it says");
            }
            byte[] expected = binding(recoveryKey, own);
            if (facts.binding().isPresent()
                    && !MessageDigest.isEqual(expected, facts.binding().get())) {
                throw forged();
            }
            requireSignature(recoveryKey);
            isProven = true;
            return recoveryKey;
        } finally {
            if (!isProven) {
                key.close();
            }
        }
    }

    /**
     * Makes sure that the owner of the repository made this slot, before anything is entrusted to it.
     *
     * @throws BadSignatureException when somebody else did
     */
    public void requireSignature(AccessKey key) throws BadSignatureException {
        try {
            if (!SignedDocument.isSigned(TYPE, text, signature, key.verificationKey())) {
                throw forged();
            }
        } catch (CharacterCodingException e) {
            throw forged();
        }
    }

    private BadSignatureException forged() {
        return new BadSignatureException(
                this + " was not made by the owner of this repository, but by somebody who can write"
                        + " there. Do not use what it holds; remove its file.");
    }

    private void requireOf(RepositoryId expected) throws ForeignRepositoryException {
        if (!facts.repositoryId().equals(expected)) {
            throw new ForeignRepositoryException(this + " belongs to repository " + facts.repositoryId() + ", not to "
                    + expected + ". Somebody copied it here; use a slot or key file of this repository.");
        }
    }

    /** The content of the slot's object. */
    public byte[] encode() {
        try {
            Map<String, Object> envelope = new LinkedHashMap<>();
            envelope.put("slot", text);
            envelope.put("sha256", sha256(text, signature, toString()));
            envelope.put("signature", Base64.getEncoder().encodeToString(signature));
            return Utf8.encode(JSON.std.asString(envelope));
        } catch (IOException e) {
            throw new IllegalStateException("a slot is not writable as JSON", e);
        }
    }

    private static String sha256(String text, byte[] signature, String name) throws DamagedException {
        try {
            var digest = Hashing.sha256();
            digest.update(Utf8.encode(text));
            return HexFormat.of().formatHex(digest.digest(signature));
        } catch (CharacterCodingException e) {
            throw JsonText.damaged(name, "it is not valid Unicode");
        }
    }

    /** Whether a passphrase that was tried at the other need not be tried here. */
    public boolean hasLockOf(Slot other) {
        return facts.lock().isPresent()
                && other.facts.lock().isPresent()
                && facts.lock().get().toJson().equals(other.facts.lock().get().toJson());
    }

    /** Whether this key opens it. */
    public boolean isFor(PersonalKey own) {
        return own.isFor(facts.recipient().publicKey());
    }

    /** Names who opens it, the same in all slots for the same opener: SHA-256 of the public key, 64 hexadecimal digits. */
    public String opener() {
        return HexFormat.of().formatHex(Hashing.sha256(facts.recipient().publicKey()));
    }

    /** Whether it proves to its opener whose repository it opens; with others the opener must know the fingerprint. */
    public boolean isBound() {
        return facts.binding().isPresent();
    }

    /** Whether the key inside is this one, as far as its newest epoch goes. */
    public boolean holds(RecoveryKey key) {
        return facts.epochKey().equals(epochKey(key));
    }

    /** SHA-256 of the newest epoch's public key, 64 hexadecimal digits. */
    public String epochKey() {
        return facts.epochKey();
    }

    /** What opens it. */
    public SlotKind kind() {
        return facts.kind();
    }

    /** The repository it belongs to. */
    public RepositoryId repositoryId() {
        return facts.repositoryId();
    }

    /** 16 hexadecimal digits; the object is named {@code keys/<id>.json}. */
    public String id() {
        return facts.id();
    }

    /** What people know it by. */
    public String label() {
        return facts.recipient().label();
    }

    /** When it was made, by the maker's clock. */
    public Instant created() {
        return facts.created();
    }

    /** The newest epoch of the key inside. */
    public int epoch() {
        return facts.epoch();
    }

    @Override
    public String toString() {
        return "Key slot " + id() + " (" + label() + ")";
    }
}
