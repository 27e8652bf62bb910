package io.jenkins.plugins.provenbackup.engine.archive;

import io.jenkins.plugins.provenbackup.engine.crypto.BlockCipher;
import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import java.util.function.IntFunction;

/** Decrypts and unpacks the blocks of one stream. For one thread at a time. */
public final class BlockReader implements AutoCloseable {

    private final StreamId stream;
    private final BlockCipher cipher;
    private final Codec codec;
    private byte[] packed = new byte[0];

    /** A reader of a stream whose key the caller closes, after this. */
    public BlockReader(StreamKey key, Codec codec) {
        this.stream = key.id();
        this.cipher = key.blockCipher();
        this.codec = codec;
    }

    /** Reads a block into a new array of just its length. Throws as the other one. */
    public byte[] read(SealedBlock block) throws DamagedException {
        return read(block, byte[]::new).bytes();
    }

    /**
     * Reads a block.
     *
     * @param room gives an array of at least so many bytes (8 MiB at most), which may have been used before
     * @throws DamagedException when the block is not what was written as this number of this stream
     * @throws IllegalArgumentException when it says that it belongs to another stream
     */
    public PlainBlock read(SealedBlock block, IntFunction<byte[]> room) throws DamagedException {
        if (!block.stream().equals(stream)) {
            throw new IllegalArgumentException("block " + block.number() + " of stream " + block.stream()
                    + " cannot be read with the key of stream " + stream);
        }
        if (packed.length < block.length()) {
            packed = new byte[block.length()];
        }
        int packedLength = cipher.open(block.number(), block.bytes(), block.offset(), block.length(), packed);
        int length = Codec.contentLength(packed, 0, packedLength, Packed.BLOCK_LIMIT);
        byte[] plain = room.apply(length);
        codec.unpack(packed, 0, packedLength, plain, length);
        return new PlainBlock(stream, block.number(), plain, length);
    }

    @Override
    public void close() {
        cipher.close();
    }
}
