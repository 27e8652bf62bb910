package io.jenkins.plugins.provenbackup.engine.crypto;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Objects;

/**
 * Whom a key slot can be made for: the public half of a {@link PersonalKey}, not secret. As text it is base64 between the lines
 * {@code -----BEGIN PROVEN BACKUP PUBLIC KEY-----} and {@code -----END ...}. Immutable.
 */
public final class Recipient {

    private static final String TITLE = "PUBLIC KEY";
    private static final byte[] MAGIC = {'P', 'B', 'U', '1'};
    private static final int CHECK = 8;

    private final String label;
    private final byte[] publicKey;

    /**
     * From its parts.
     *
     * @param label what people know the key by
     * @param publicKey X-Wing, 1216 bytes
     */
    Recipient(String label, byte[] publicKey) {
        if (publicKey.length != StreamWrapping.PUBLIC_KEY) {
            throw new IllegalArgumentException("an X-Wing public key has 1216 bytes, not " + publicKey.length);
        }
        this.label = Objects.requireNonNull(label);
        this.publicKey = publicKey.clone();
    }

    /** What people know the key by. */
    public String label() {
        return label;
    }

    /** The same key under another label. */
    public Recipient named(String other) {
        return new Recipient(other, publicKey);
    }

    byte[] publicKey() {
        return publicKey.clone();
    }

    /** The text of the public file, ASCII. */
    public byte[] encode() {
        byte[] name;
        try {
            name = Utf8.encode(label);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the label is not valid Unicode text", e);
        }
        ByteBuffer out = ByteBuffer.allocate(MAGIC.length + Integer.BYTES + name.length + publicKey.length + CHECK);
        out.put(MAGIC).putInt(name.length).put(name).put(publicKey);
        out.put(check(out.array()), 0, CHECK);
        return Armour.encode(TITLE, out.array());
    }

    /**
     * Reads the text of a public file.
     *
     * @param name what messages call it
     * @throws NotAKeyFileException when it is something else
     * @throws DamagedException when characters were lost or changed
     */
    public static Recipient parse(byte[] text, String name) throws NotAKeyFileException, DamagedException {
        if (!Armour.isOf(TITLE, text)) {
            throw new NotAKeyFileException(name + " is no public key: it does not begin with \"" + Armour.begin(TITLE)
                    + "\". Give the .pub file that 'key new-personal' wrote.");
        }
        byte[] payload = Armour.decode(TITLE, text, name);
        try {
            ByteBuffer in = ByteBuffer.wrap(payload);
            byte[] magic = take(in, MAGIC.length);
            byte[] label = take(in, Math.min(in.getInt(), in.remaining()));
            byte[] publicKey = take(in, StreamWrapping.PUBLIC_KEY);
            byte[] check = take(in, CHECK);
            if (Arrays.equals(magic, MAGIC)
                    && !in.hasRemaining()
                    && Arrays.equals(check, Arrays.copyOf(check(payload), CHECK))) {
                return new Recipient(Utf8.decode(label), publicKey);
            }
        } catch (BufferUnderflowException | NegativeArraySizeException | CharacterCodingException e) {
            throw damaged(name);
        }
        throw damaged(name);
    }

    private static byte[] check(byte[] payload) {
        return Hashing.sha256(Arrays.copyOf(payload, payload.length - CHECK));
    }

    private static byte[] take(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static DamagedException damaged(String name) {
        return new DamagedException(
                name + " is damaged: its check sum does not fit. Ask for another copy of the public key.");
    }

    @Override
    public String toString() {
        return "public key of " + label;
    }
}
