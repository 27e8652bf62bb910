package io.jenkins.plugins.provenbackup.engine.archive;

import io.jenkins.plugins.provenbackup.engine.crypto.BlockCipher;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import java.nio.ByteBuffer;

/** Packs and encrypts blocks of one stream. For one thread at a time. */
final class BlockSealer implements AutoCloseable {

    /** Bytes that a buffer must be longer than the plain text in it, so that the sealed block fits. */
    static final int OVERHEAD = Packed.HEADER + BlockCipher.OVERHEAD;

    private final Codec codec;
    private final BlockCipher cipher;
    private byte[] packed = new byte[0];

    BlockSealer(StreamKey key, Codec codec) {
        this.codec = codec;
        this.cipher = key.blockCipher();
    }

    /**
     * Replaces the plain text at the start of a buffer by the sealed block.
     *
     * @param buffer at least {@link #OVERHEAD} bytes longer than the plain text
     * @return length of the sealed block
     */
    int seal(int number, byte[] buffer, int plainLength) {
        int bound = Codec.bound(plainLength);
        if (packed.length < bound) {
            packed = new byte[bound];
        }
        int length = codec.pack(buffer, 0, plainLength, packed, 0);
        return cipher.seal(number, packed, 0, length, ByteBuffer.wrap(buffer));
    }

    @Override
    public void close() {
        cipher.close();
    }
}
