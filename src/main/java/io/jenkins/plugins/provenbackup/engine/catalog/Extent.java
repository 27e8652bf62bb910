package io.jenkins.plugins.provenbackup.engine.catalog;

import io.jenkins.plugins.provenbackup.engine.archive.ChunkId;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import java.util.Objects;

/** A run of a file's content: stored somewhere, or all zeros. */
public sealed interface Extent {

    /** Bytes of content, above 0. */
    long span();

    /**
     * Zeros that are not stored.
     *
     * @param length in bytes, above 0
     */
    record Hole(long length) implements Extent {
        public Hole {
            if (length <= 0) {
                throw new IllegalArgumentException("a hole has at least one byte, not " + length);
            }
        }

        @Override
        public long span() {
            return length;
        }
    }

    /**
     * A chunk in a block.
     *
     * @param id keyed hash of the chunk's content
     * @param stream the stream that the block belongs to
     * @param block number of the block in its stream, from 0
     * @param blockLength length of the block's plain text in bytes, 1 to {@link #MAX_BLOCK}
     * @param offset where in the plain text the chunk begins
     * @param length of the chunk in bytes, above 0; it ends within the block
     */
    record ChunkRef(ChunkId id, StreamId stream, long block, int blockLength, int offset, int length)
            implements Extent {

        /** Longest plain text of a block: 8 MiB. */
        public static final int MAX_BLOCK = 8 << 20;

        public ChunkRef {
            Objects.requireNonNull(id);
            Objects.requireNonNull(stream);
            if (block < 0 || blockLength > MAX_BLOCK) {
                throw new IllegalArgumentException("no such block: number " + block + ", " + blockLength + " bytes");
            }
            if (length <= 0 || offset < 0 || offset > blockLength - length) {
                throw new IllegalArgumentException(
                        "a chunk of " + length + " bytes at " + offset + " is not within a block of " + blockLength);
            }
        }

        @Override
        public long span() {
            return length;
        }

        /** Whether both lie in one block. */
        boolean sharesBlockWith(ChunkRef other) {
            return block == other.block && blockLength == other.blockLength && stream.equals(other.stream);
        }
    }
}
