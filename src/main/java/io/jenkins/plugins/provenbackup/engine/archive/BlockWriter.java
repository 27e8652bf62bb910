package io.jenkins.plugins.provenbackup.engine.archive;

import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;

/**
 * Packs and encrypts blocks of one new stream, one after the other; the counterpart of {@link BlockReader}. For one thread at
 * a time.
 */
public final class BlockWriter implements AutoCloseable {

    private final StreamId stream;
    private final BlockSealer sealer;
    private int next;

    /**
     * A writer that has written nothing.
     *
     * @param key a new stream's; the caller closes it, after this
     */
    public BlockWriter(StreamKey key, Codec codec) {
        this.stream = key.id();
        this.sealer = new BlockSealer(key, codec);
    }

    /**
     * Seals the next block, whose number is one more than that of the last, from 0.
     *
     * @param plain holds the plain text at its start, and is left as it is
     * @param length of the plain text, 1 byte to 8 MiB
     */
    public SealedBlock seal(byte[] plain, int length) {
        if (length < 1 || length > Packed.BLOCK_LIMIT) {
            throw new IllegalArgumentException("a block has 1 byte to 8 MiB, not " + length + " bytes");
        }
        byte[] buffer = new byte[length + BlockSealer.OVERHEAD];
        System.arraycopy(plain, 0, buffer, 0, length);
        int number = next;
        next = Math.incrementExact(next);
        return new SealedBlock(stream, number, buffer, 0, sealer.seal(number, buffer, length));
    }

    @Override
    public void close() {
        sealer.close();
    }
}
