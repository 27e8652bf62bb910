package io.jenkins.plugins.provenbackup.engine.archive;

import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;

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
}
