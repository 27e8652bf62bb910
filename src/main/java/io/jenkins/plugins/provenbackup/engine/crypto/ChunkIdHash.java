package io.jenkins.plugins.provenbackup.engine.crypto;

import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;

/**
 * Chunk ids: HMAC-SHA-256(chunk id key, content), the first 16 bytes. For one thread; {@link SourceKey} makes one for each.
 */
public final class ChunkIdHash {

    /** Length of a chunk id in bytes. */
    public static final int LENGTH = 16;

    private final Mac mac;
    private final byte[] whole = new byte[Hashing.LENGTH];

    ChunkIdHash(byte[] chunkIdKey) {
        this.mac = Hashing.hmac(chunkIdKey);
    }

    /** The id of a chunk, as a new array of 16 bytes. */
    public byte[] of(byte[] content, int offset, int length) {
        finish(content, offset, length);
        return Arrays.copyOf(whole, LENGTH);
    }

    /** Writes the id of a chunk, 16 bytes, to {@code id} from {@code idOffset}. */
    public void of(byte[] content, int offset, int length, byte[] id, int idOffset) {
        finish(content, offset, length);
        System.arraycopy(whole, 0, id, idOffset, LENGTH);
    }

    private void finish(byte[] content, int offset, int length) {
        mac.update(content, offset, length);
        try {
            mac.doFinal(whole, 0);
        } catch (ShortBufferException e) {
            throw new IllegalStateException("HMAC-SHA-256 is longer than 32 bytes", e);
        }
    }
}
