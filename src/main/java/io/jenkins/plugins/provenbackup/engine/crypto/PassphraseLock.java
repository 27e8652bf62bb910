package io.jenkins.plugins.provenbackup.engine.crypto;

import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** A personal key's seed, sealed under a passphrase: Argon2id (RFC 9106), then {@link Sealing}. */
record PassphraseLock(PassphraseKdf kdf, byte[] sealed) {

    /** What is locked, and so what the seal proves. */
    private static final String TYPE = "lock";

    static PassphraseLock create(PersonalKey key, char[] passphrase, RepositoryId repositoryId) {
        if (passphrase.length == 0) {
            throw new IllegalArgumentException("An empty passphrase protects nothing: choose one.");
        }
        PassphraseKdf kdf = PassphraseKdf.recommended();
        try (Secret baseKey = kdf.derive(passphrase);
                Sealing sealing = new Sealing(baseKey.bytes(), repositoryId, 0)) {
            return new PassphraseLock(
                    kdf,
                    sealing.seal(
                            TYPE, Hashing.sha256(key.publicKey()), key.seed().bytes()));
        }
    }

    static PassphraseLock parse(Map<String, Object> json, String name)
            throws DamagedException, UnsupportedFormatException {
        return new PassphraseLock(
                PassphraseKdf.parse(JsonText.object(json, "kdf", name), name), JsonText.base64(json, "sealed", name));
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kdf", kdf.toJson());
        json.put("sealed", Base64.getEncoder().encodeToString(sealed));
        return json;
    }

    /**
     * Unlocks the key, which the caller closes. Takes some tenths of a second and the memory that the lock names.
     *
     * @param name what messages call it
     */
    PersonalKey open(char[] passphrase, RepositoryId repositoryId, Recipient recipient, String name)
            throws DamagedException, UnsupportedFormatException, WrongPassphraseException {
        if (kdf.memoryKiB() * 1024L > Runtime.getRuntime().maxMemory()) {
            throw new UnsupportedFormatException(name + " needs " + kdf.memoryKiB() / 1024
                    + " MiB of memory to open, more than this process may use. Start it with a larger -Xmx.");
        }
        byte[] seed;
        try (Secret baseKey = kdf.derive(passphrase);
                Sealing sealing = new Sealing(baseKey.bytes(), repositoryId, 0)) {
            seed = sealing.open(TYPE, Hashing.sha256(recipient.publicKey()), sealed, name);
        } catch (WrongKeyException e) {
            throw new WrongPassphraseException(
                    name + " does not open with this passphrase. Check the keyboard layout and"
                            + " Caps Lock and try again, use another slot's passphrase, or a key file.");
        }
        if (seed.length == PersonalKey.SEED) {
            PersonalKey key = new PersonalKey(recipient.label(), seed);
            if (key.isFor(recipient.publicKey())) {
                return key;
            }
            key.close();
        }
        Arrays.fill(seed, (byte) 0);
        throw JsonText.damaged(name, "it holds another key than it says");
    }
}
