package io.jenkins.plugins.provenbackup.engine.crypto;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** How a slot turns its passphrase into a key: Argon2id version 1.3 (RFC 9106) and its parameters. */
record PassphraseKdf(int memoryKiB, int iterations, int parallelism, byte[] salt) {

    private static final String ALGORITHM = "argon2id";
    private static final int VERSION = Argon2Parameters.ARGON2_VERSION_13;
    private static final int MIN_MEMORY_KIB = 8 << 10;
    private static final int MAX_MEMORY_KIB = 2 << 20;
    private static final int MAX_ITERATIONS = 16;
    private static final int MAX_PARALLELISM = 16;
    private static final int SALT = 16;
    private static final int KEY = 32;

    /** RFC 9106's second recommended option (64 MiB, 3 passes, 4 lanes) with a new salt. */
    static PassphraseKdf recommended() {
        byte[] salt = new byte[SALT];
        new SecureRandom().nextBytes(salt);
        return new PassphraseKdf(64 << 10, 3, 4, salt);
    }

    /** Reads and checks them. */
    static PassphraseKdf parse(Map<String, Object> json, String name)
            throws DamagedException, UnsupportedFormatException {
        if (!ALGORITHM.equals(JsonText.string(json, "algorithm", name))
                || JsonText.integer(json, "version", name) != VERSION) {
            throw new UnsupportedFormatException(
                    name + " hardens its passphrase with an algorithm that this program does"
                            + " not know. Use a newer version of it, or another slot.");
        }
        byte[] salt = JsonText.base64(json, "salt", name);
        PassphraseKdf kdf = new PassphraseKdf(
                JsonText.integer(json, "memoryKiB", name),
                JsonText.integer(json, "iterations", name),
                JsonText.integer(json, "parallelism", name),
                salt);
        kdf.requireWithinBounds(name);
        return kdf;
    }

    /** Checked before use, so that a hostile slot cannot take the machine's memory or time. */
    void requireWithinBounds(String name) throws UnsupportedFormatException {
        if (memoryKiB < MIN_MEMORY_KIB
                || memoryKiB > MAX_MEMORY_KIB
                || iterations < 1
                || iterations > MAX_ITERATIONS
                || parallelism < 1
                || parallelism > MAX_PARALLELISM
                || salt.length != SALT) {
            throw new UnsupportedFormatException(name + " asks for Argon2id parameters out of bounds (" + memoryKiB
                    + " KiB, " + iterations + " iterations, parallelism " + parallelism
                    + "). Use another slot; if nobody of yours made this one, remove it.");
        }
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("algorithm", ALGORITHM);
        json.put("version", VERSION);
        json.put("memoryKiB", memoryKiB);
        json.put("iterations", iterations);
        json.put("parallelism", parallelism);
        json.put("salt", Base64.getEncoder().encodeToString(salt));
        return json;
    }

    /**
     * The 32 byte key. The passphrase counts in Unicode normalisation form C, so that it does not matter on which keyboard
     * it was typed; only one that is not in that form yet passes through a String.
     */
    Secret derive(char[] passphrase) {
        byte[] password = utf8(passphrase);
        byte[] key = new byte[KEY];
        Argon2Parameters parameters = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(VERSION)
                .withMemoryAsKB(memoryKiB)
                .withIterations(iterations)
                .withParallelism(parallelism)
                .withSalt(salt)
                .build();
        try {
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(parameters);
            generator.generateBytes(password, key);
            return new Secret(key);
        } finally {
            Arrays.fill(password, (byte) 0);
        }
    }

    private static byte[] utf8(char[] passphrase) {
        CharBuffer characters = CharBuffer.wrap(passphrase);
        if (!Normalizer.isNormalized(characters, Normalizer.Form.NFC)) {
            characters = CharBuffer.wrap(Normalizer.normalize(characters, Normalizer.Form.NFC));
        }
        ByteBuffer buffer = StandardCharsets.UTF_8.encode(characters);
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        buffer.clear();
        buffer.put(new byte[buffer.capacity()]);
        return bytes;
    }

    @Override
    public String toString() {
        return ALGORITHM + " with " + memoryKiB + " KiB, " + iterations + " iterations, parallelism " + parallelism;
    }
}
