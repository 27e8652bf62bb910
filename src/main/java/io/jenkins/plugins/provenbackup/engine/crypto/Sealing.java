package io.jenkins.plugins.provenbackup.engine.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;

/**
 * Authenticated encryption of whole objects under one base key. Each object gets a key of its own by HKDF (RFC 5869) from a
 * random salt, its type, the repository and the epoch; a commitment derived beside it tells a wrong key from damage. The
 * content follows in frames of AES-256-GCM whose nonce holds a counter and a flag on the last one (the STREAM
 * construction), so that no frame can be moved, left out or cut off. An object that is opened under another type,
 * identity, repository or epoch than it was sealed under is refused.
 *
 * <p>Safe for use by several threads until it is closed.
 */
public final class Sealing implements AutoCloseable {

    /** Longest content of a sealed object in bytes: 1 GiB. */
    public static final int MAX_CONTENT = 1 << 30;

    private static final byte VERSION = 1;
    private static final int SALT = 32;
    private static final int COMMITMENT = 32;
    private static final int KEY = 32;
    private static final int PREFIX = 1 + SALT + COMMITMENT;
    private static final int FRAME = 65536;
    private static final int SEALED_FRAME = FRAME + AesGcm.TAG;
    private static final byte[] LABEL = "proven-backup seal v1".getBytes(StandardCharsets.US_ASCII);

    private final Secret baseKey;
    private final RepositoryId repositoryId;
    private final int epoch;
    private final SecureRandom random = new SecureRandom();

    /** Copies the base key. */
    Sealing(byte[] baseKey, RepositoryId repositoryId, int epoch) {
        this.baseKey = new Secret(baseKey.clone());
        this.repositoryId = repositoryId;
        this.epoch = epoch;
    }

    /** The epoch that objects are sealed under; an opener must learn it from outside the sealed bytes. */
    public int epoch() {
        return epoch;
    }

    /** Length of the sealed form of {@code length} bytes of content. */
    public static int sealedLength(int length) {
        if (length < 0 || length > MAX_CONTENT) {
            throw new IllegalArgumentException("A sealed object holds at most 1 GiB, not " + length + " bytes.");
        }
        return PREFIX + length + AesGcm.TAG * frames(length, FRAME);
    }

    /**
     * Seals content.
     *
     * @param type what kind of object this is, such as {@code "manifest"}; must be the same at opening
     * @param identity what object this is; must be the same at opening
     * @throws IllegalArgumentException when the content is longer than {@link #MAX_CONTENT}
     */
    public byte[] seal(String type, byte[] identity, byte[] content) {
        byte[] sealed = new byte[sealedLength(content.length)];
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        byte[] derived = derive(salt, type);
        ByteBuffer.wrap(sealed).put(VERSION).put(salt).put(derived, KEY, COMMITMENT);
        try (AesGcm aes = new AesGcm(Arrays.copyOf(derived, KEY))) {
            int frames = frames(content.length, FRAME);
            int out = PREFIX;
            for (int frame = 0; frame < frames; frame++) {
                int from = frame * FRAME;
                int length = Math.min(FRAME, content.length - from);
                out += aes.seal(nonce(frame, frames), identity, content, from, length, sealed, out);
            }
        } finally {
            Arrays.fill(derived, (byte) 0);
        }
        return sealed;
    }

    /**
     * Opens what {@link #seal} made.
     *
     * @param name what to call the object in messages
     * @throws WrongKeyException when it was sealed under another key, type, repository or epoch
     * @throws DamagedException when its bytes were changed or cut, or it was sealed as another object
     * @throws UnsupportedFormatException when a newer version of this program sealed it
     */
    public byte[] open(String type, byte[] identity, byte[] sealed, String name)
            throws WrongKeyException, DamagedException, UnsupportedFormatException {
        if (sealed.length < PREFIX + AesGcm.TAG) {
            throw damaged(name, "it is cut off after " + sealed.length + " bytes");
        }
        if (sealed[0] != VERSION) {
            throw new UnsupportedFormatException(name + " is sealed in version " + (sealed[0] & 0xff)
                    + " of the format, which this program does not know. Use a newer version of it.");
        }
        int body = sealed.length - PREFIX;
        int frames = frames(body, SEALED_FRAME);
        int last = body - (frames - 1) * SEALED_FRAME;
        if (last < AesGcm.TAG || (frames > 1 && last == AesGcm.TAG)) {
            throw damaged(name, "its length is impossible");
        }
        long length = body - (long) frames * AesGcm.TAG;
        if (length > MAX_CONTENT) {
            throw damaged(name, "it claims more than 1 GiB");
        }
        byte[] derived = derive(Arrays.copyOfRange(sealed, 1, 1 + SALT), type);
        try (AesGcm aes = new AesGcm(Arrays.copyOf(derived, KEY))) {
            byte[] expected = Arrays.copyOfRange(derived, KEY, KEY + COMMITMENT);
            if (!MessageDigest.isEqual(expected, Arrays.copyOfRange(sealed, 1 + SALT, PREFIX))) {
                throw new WrongKeyException(
                        name + " cannot be opened with this key: it was sealed with another key, for"
                                + " another repository or epoch, or its first bytes are damaged. Check the repository and the key,"
                                + " and compare the object's SHA-256 with its name.");
            }
            return decrypt(aes, identity, sealed, new byte[(int) length], name);
        } finally {
            Arrays.fill(derived, (byte) 0);
        }
    }

    private static byte[] decrypt(AesGcm aes, byte[] identity, byte[] sealed, byte[] content, String name)
            throws DamagedException {
        int frames = frames(sealed.length - PREFIX, SEALED_FRAME);
        int out = 0;
        for (int frame = 0; frame < frames; frame++) {
            int from = PREFIX + frame * SEALED_FRAME;
            int length = Math.min(SEALED_FRAME, sealed.length - from);
            try {
                out += aes.open(nonce(frame, frames), identity, sealed, from, length, content, out);
            } catch (AEADBadTagException e) {
                Arrays.fill(content, (byte) 0);
                throw damaged(name, "frame " + frame + " of " + frames + " is not authentic");
            }
        }
        return content;
    }

    private static DamagedException damaged(String name, String how) {
        return new DamagedException(name + " is damaged: " + how
                + ". Read it from another destination, or let verify --repair copy an intact one here.");
    }

    private static int frames(int length, int frame) {
        return Math.max(1, (int) (((long) length + frame - 1) / frame));
    }

    private static byte[] nonce(int frame, int frames) {
        byte[] nonce = new byte[AesGcm.NONCE];
        ByteBuffer.wrap(nonce).putInt(7, frame).put(11, (byte) (frame == frames - 1 ? 1 : 0));
        return nonce;
    }

    private byte[] derive(byte[] salt, String type) {
        byte[] typeBytes = type.getBytes(StandardCharsets.UTF_8);
        ByteBuffer info =
                ByteBuffer.allocate(LABEL.length + 1 + Integer.BYTES + typeBytes.length + Hex16.BYTES + Integer.BYTES);
        info.put(LABEL).put((byte) 0);
        info.putInt(typeBytes.length).put(typeBytes).put(repositoryId.bytes()).putInt(epoch);
        return Hkdf.derive(salt, baseKey.bytes(), info.array(), KEY + COMMITMENT);
    }

    @Override
    public void close() {
        baseKey.close();
    }

    @Override
    public String toString() {
        return "sealing of repository " + repositoryId + ", epoch " + epoch;
    }
}
