package io.jenkins.plugins.provenbackup.engine.archive;

import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import java.util.ArrayDeque;
import java.util.Deque;

/** The sealers of one stream, each used by one thread at a time and then by another. Safe for use by several threads. */
final class SealerPool implements AutoCloseable {

    private final StreamKey key;
    private final Codec codec;
    private final Deque<BlockSealer> idle = new ArrayDeque<>();

    SealerPool(StreamKey key, Codec codec) {
        this.key = key;
        this.codec = codec;
    }

    /** As {@link BlockSealer#seal}, with a sealer that is idle or new. */
    int seal(int number, byte[] buffer, int plainLength) {
        BlockSealer sealer = take();
        try {
            return sealer.seal(number, buffer, plainLength);
        } finally {
            giveBack(sealer);
        }
    }

    private synchronized BlockSealer take() {
        BlockSealer last = idle.pollFirst();
        return last != null ? last : new BlockSealer(key, codec);
    }

    private synchronized void giveBack(BlockSealer sealer) {
        idle.addFirst(sealer);
    }

    /** Only when no thread seals any more. */
    @Override
    public synchronized void close() {
        idle.forEach(BlockSealer::close);
        idle.clear();
    }
}
