package io.jenkins.plugins.provenbackup.engine.crypto;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The private half of a {@link PersonalKey} as text: base64 between the lines {@code -----BEGIN PROVEN BACKUP PERSONAL KEY-----}
 * and {@code -----END ...} of "PBP1", u8 form, lp(label) and, in form 1, the seed, or in form 2, which a passphrase locks, u32
 * KiB of memory, u32 iterations, u32 lanes, salt (16), public key (1216) and lp(sealed seed); then the first 8 bytes of SHA-256
 * over all before.
 */
public final class PersonalKeyFile {

    private static final String TITLE = "PERSONAL KEY";
    private static final byte[] MAGIC = {'P', 'B', 'P', '1'};
    private static final int PLAIN = 1;
    private static final int LOCKED = 2;
    private static final int CHECK = 8;
    private static final int SALT = 16;

    /** What the lock is sealed for instead of a repository. */
    private static final RepositoryId NO_REPOSITORY = new RepositoryId("0".repeat(32));

    private final Recipient recipient;
    private final Optional<PassphraseLock> lock;
    private final Optional<PersonalKey> plain;
    private final String name;

    private PersonalKeyFile(
            Recipient recipient, Optional<PassphraseLock> lock, Optional<PersonalKey> plain, String name) {
        this.recipient = recipient;
        this.lock = lock;
        this.plain = plain;
        this.name = name;
    }

    /** The text of a key that everybody can use who reads the file; the caller wipes it. */
    public static byte[] encode(PersonalKey key) {
        byte[] label = label(key);
        ByteBuffer out = begin(PLAIN, label, PersonalKey.SEED);
        return finish(out.put(key.seed().bytes()));
    }

    /** The text of a key that this passphrase unlocks. */
    public static byte[] encode(PersonalKey key, char[] passphrase) {
        byte[] label = label(key);
        PassphraseLock lock = PassphraseLock.create(key, passphrase, NO_REPOSITORY);
        PassphraseKdf kdf = lock.kdf();
        ByteBuffer out =
                begin(LOCKED, label, 4 * Integer.BYTES + SALT + StreamWrapping.PUBLIC_KEY + lock.sealed().length);
        out.putInt(kdf.memoryKiB()).putInt(kdf.iterations()).putInt(kdf.parallelism());
        out.put(kdf.salt()).put(key.publicKey());
        return finish(out.putInt(lock.sealed().length).put(lock.sealed()));
    }

    private static byte[] label(PersonalKey key) {
        try {
            return Utf8.encode(key.label());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the label is not valid Unicode text", e);
        }
    }

    private static ByteBuffer begin(int form, byte[] label, int rest) {
        ByteBuffer out = ByteBuffer.allocate(MAGIC.length + 1 + Integer.BYTES + label.length + rest + CHECK);
        return out.put(MAGIC).put((byte) form).putInt(label.length).put(label);
    }

    private static byte[] finish(ByteBuffer out) {
        byte[] payload = out.array();
        out.put(check(payload), 0, CHECK);
        byte[] text = Armour.encode(TITLE, payload);
        Arrays.fill(payload, (byte) 0);
        return text;
    }

    private static byte[] check(byte[] payload) {
        var digest = Hashing.sha256();
        digest.update(payload, 0, payload.length - CHECK);
        return digest.digest();
    }

    /** Whether a text is of this form. */
    static boolean isOne(byte[] text) {
        return Armour.isOf(TITLE, text);
    }

    /**
     * Reads a text that {@link #isOne is of this form}, which is left as it is.
     *
     * @throws DamagedException when characters were lost or changed
     * @throws UnsupportedFormatException when a newer version wrote it, or its Argon2id parameters are out of bounds
     */
    static PersonalKeyFile parse(byte[] text, String name) throws DamagedException, UnsupportedFormatException {
        byte[] payload = Armour.decode(TITLE, text, name);
        try {
            if (payload.length < MAGIC.length + CHECK
                    || !Arrays.equals(check(payload), 0, CHECK, payload, payload.length - CHECK, payload.length)) {
                throw damaged(name);
            }
            ByteBuffer in = ByteBuffer.wrap(payload, 0, payload.length - CHECK);
            int form = Arrays.equals(take(in, MAGIC.length), MAGIC) ? in.get() : 0;
            if (form != PLAIN && form != LOCKED) {
                throw new UnsupportedFormatException(
                        name + " is in a format that this program does not know. Use a newer version of it.");
            }
            String label = Utf8.decode(taken(in));
            PersonalKeyFile file = form == PLAIN ? plain(label, in, name) : locked(label, in, name);
            if (in.hasRemaining()) {
                throw damaged(name);
            }
            return file;
        } catch (BufferUnderflowException | NegativeArraySizeException | CharacterCodingException e) {
            throw damaged(name);
        } finally {
            Arrays.fill(payload, (byte) 0);
        }
    }

    private static PersonalKeyFile plain(String label, ByteBuffer in, String name) {
        PersonalKey key = new PersonalKey(label, take(in, PersonalKey.SEED));
        return new PersonalKeyFile(key.recipient(), Optional.empty(), Optional.of(key), name);
    }

    private static PersonalKeyFile locked(String label, ByteBuffer in, String name) throws UnsupportedFormatException {
        PassphraseKdf kdf = new PassphraseKdf(in.getInt(), in.getInt(), in.getInt(), take(in, SALT));
        kdf.requireWithinBounds(name);
        Recipient recipient = new Recipient(label, take(in, StreamWrapping.PUBLIC_KEY));
        return new PersonalKeyFile(recipient, Optional.of(new PassphraseLock(kdf, taken(in))), Optional.empty(), name);
    }

    private static byte[] taken(ByteBuffer in) {
        return take(in, Math.min(in.getInt(), in.remaining()));
    }

    private static byte[] take(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static DamagedException damaged(String name) {
        return new DamagedException(name + " is damaged: its check sum does not fit. Use another copy of it.");
    }

    /** Whether a passphrase is needed. */
    public boolean isLocked() {
        return lock.isPresent();
    }

    /** The key, which the caller closes, of a file that is not locked. */
    public PersonalKey key() {
        return plain.orElseThrow(() -> new IllegalStateException(name + " is locked"));
    }

    /**
     * Unlocks the key, which the caller closes.
     *
     * @throws WrongPassphraseException when the passphrase is another one
     * @throws DamagedException when the file was changed
     * @throws UnsupportedFormatException when this process has too little memory
     */
    public PersonalKey unlock(char[] passphrase)
            throws DamagedException, UnsupportedFormatException, WrongPassphraseException {
        if (plain.isPresent()) {
            return plain.get();
        }
        return lock.orElseThrow().open(passphrase, NO_REPOSITORY, recipient, name);
    }

    /** What people know the key by. */
    public String label() {
        return recipient.label();
    }

    @Override
    public String toString() {
        return name;
    }
}
