package io.jenkins.plugins.provenbackup.engine.crypto;

import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;

/**
 * Encrypts and decrypts the blocks of one stream: AES-256-GCM, the nonce four zero bytes and the number as u64, the
 * associated data SHA-256 of the stream's header and the number as u64. So a block proves which stream and number it is,
 * wherever it lies. For one thread; {@link StreamKey#blockCipher} makes one for each.
 */
public final class BlockCipher implements AutoCloseable {

    /** Bytes that a sealed block is longer than its content. */
    public static final int OVERHEAD = AesGcm.TAG;

    private final StreamKey stream;
    private final AesGcm aes;
    private final byte[] nonce = new byte[AesGcm.NONCE];
    private final byte[] associated;

    BlockCipher(StreamKey stream, byte[] key, byte[] headerHash) {
        this.stream = stream;
        this.aes = new AesGcm(key);
        this.associated = Arrays.copyOf(headerHash, headerHash.length + Long.BYTES);
    }

    /**
     * Seals a block into {@code out} from its position, which moves on. Heap buffers are faster than direct ones.
     *
     * @param number from 0, below 2^31; each number once in a stream, over all its ciphers
     * @param out must not share memory with {@code plain}
     * @return bytes written: {@code length + OVERHEAD}
     * @throws IllegalStateException when the number was sealed already, or the stream is closed or was opened for reading
     * @throws IllegalArgumentException when {@code out} has no room
     */
    public int seal(long number, byte[] plain, int offset, int length, ByteBuffer out) {
        if (out.remaining() < length + OVERHEAD) {
            throw new IllegalArgumentException(
                    "a sealed block needs " + (length + OVERHEAD) + " bytes, the buffer has " + out.remaining());
        }
        address(number);
        stream.claim((int) number);
        return aes.seal(nonce, associated, plain, offset, length, out);
    }

    /**
     * Opens a block into {@code out} from its start.
     *
     * @param length of the sealed block in bytes
     * @param out at least {@code length - OVERHEAD} bytes, not {@code in}; on an error its content is undefined
     * @return bytes written: {@code length - OVERHEAD}
     * @throws DamagedException when this is not that block of this stream, bit for bit
     */
    public int open(long number, byte[] in, int offset, int length, byte[] out) throws DamagedException {
        stream.requireOpen();
        if (length < OVERHEAD) {
            throw damaged(number);
        }
        address(number);
        try {
            return aes.open(nonce, associated, in, offset, length, out, 0);
        } catch (AEADBadTagException e) {
            throw damaged(number);
        }
    }

    /** As the other one, from the remaining bytes of {@code in}, which are consumed. */
    public int open(long number, ByteBuffer in, byte[] out) throws DamagedException {
        int length = in.remaining();
        if (in.hasArray()) {
            int written = open(number, in.array(), in.arrayOffset() + in.position(), length, out);
            in.position(in.limit());
            return written;
        }
        byte[] copy = new byte[length];
        in.get(copy);
        return open(number, copy, 0, length, out);
    }

    private void address(long number) {
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("block numbers go from 0 to 2^31 - 1, not " + number);
        }
        ByteBuffer.wrap(nonce).putLong(AesGcm.NONCE - Long.BYTES, number);
        ByteBuffer.wrap(associated).putLong(Hashing.LENGTH, number);
    }

    private DamagedException damaged(long number) {
        return new DamagedException(
                "Block " + number + " of stream " + stream.id() + " is damaged or not where it belongs."
                        + " Read the archive from another destination, or let verify --repair copy an intact one here.");
    }

    @Override
    public void close() {
        aes.close();
    }
}
