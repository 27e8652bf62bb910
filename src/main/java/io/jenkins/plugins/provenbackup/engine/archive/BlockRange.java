package io.jenkins.plugins.provenbackup.engine.archive;

import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import java.util.stream.LongStream;

/**
 * Neighbouring blocks of one stream.
 *
 * @param stream the stream
 * @param first number of the first block
 * @param count number of blocks, 1 or more
 */
public record BlockRange(StreamId stream, long first, long count) {

    /** Whether the block is one of these. */
    public boolean contains(long number) {
        return number >= first && number - first < count;
    }

    /** The numbers of the blocks. */
    public LongStream numbers() {
        return LongStream.range(first, first + count);
    }
}
