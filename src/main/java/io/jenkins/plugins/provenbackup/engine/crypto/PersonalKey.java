package io.jenkins.plugins.provenbackup.engine.crypto;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * What opens the key slots that were made for it, in any repository: an X-Wing private key, which a person keeps in a file or
 * on paper, or which a passphrase unlocks. Safe for use by several threads until it is closed; closing wipes it.
 */
public final class PersonalKey implements AutoCloseable {

    static final int SEED = 32;

    private static final byte[] BINDING = "proven-backup slot binding v1".getBytes(StandardCharsets.US_ASCII);

    private final String label;
    private final Secret seed;
    private final byte[] publicKey;

    /** Takes the seed over. */
    PersonalKey(String label, byte[] seed) {
        this.label = label;
        this.seed = new Secret(seed);
        this.publicKey = StreamWrapping.publicKey(seed);
    }

    /**
     * A new random one.
     *
     * @param label what people know it by; not secret
     */
    public static PersonalKey generate(String label) {
        byte[] seed = new byte[SEED];
        new SecureRandom().nextBytes(seed);
        return new PersonalKey(label, seed);
    }

    /** What people know it by. */
    public String label() {
        return label;
    }

    /** The public half, which slots are made for. */
    public Recipient recipient() {
        return new Recipient(label, publicKey);
    }

    Secret seed() {
        return seed;
    }

    byte[] publicKey() {
        return publicKey;
    }

    boolean isFor(byte[] otherPublicKey) {
        return Arrays.equals(publicKey, otherPublicKey);
    }

    /**
     * What only who has this key can compute, so that a slot can prove that its maker had it: whose repository it opens. Anybody
     * can encrypt to a public key, a false owner too.
     */
    byte[] binding(RepositoryId repositoryId, byte[] verificationKey) {
        byte[] info = Arrays.copyOf(BINDING, BINDING.length + Hex16.BYTES + verificationKey.length);
        System.arraycopy(repositoryId.bytes(), 0, info, BINDING.length, Hex16.BYTES);
        System.arraycopy(verificationKey, 0, info, BINDING.length + Hex16.BYTES, verificationKey.length);
        return Hkdf.derive(new byte[0], seed.bytes(), info, Hashing.LENGTH);
    }

    @Override
    public void close() {
        seed.close();
    }

    @Override
    public String toString() {
        return "personal key of " + label;
    }
}
