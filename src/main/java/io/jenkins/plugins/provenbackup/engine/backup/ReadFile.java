package io.jenkins.plugins.provenbackup.engine.backup;

import io.jenkins.plugins.provenbackup.engine.archive.ChunkId;
import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import java.util.List;

/**
 * A small file that was read as a whole.
 *
 * @param node as it was when it was read, with everything
 * @param pieces its content in order
 * @param state whether it held still
 * @param bytesRead all that was read, a second reading included
 */
record ReadFile(Node node, List<Piece> pieces, State state, long bytesRead) {

    /** Whether a file held still while it was read. */
    enum State {
        STEADY,
        /** It changed during the second reading too: the content may be a mixture. */
        CHANGED
    }

    /** A run of content. */
    sealed interface Piece {

        /**
         * Zeros that are not stored.
         *
         * @param length in bytes
         */
        record Zeros(long length) implements Piece {}

        /**
         * A chunk.
         *
         * @param id keyed hash of the content
         * @param content exactly the chunk
         */
        record Content(ChunkId id, byte[] content) implements Piece {}
    }

    /** Length of the content in bytes. */
    long length() {
        long length = 0;
        for (Piece piece : pieces) {
            length += piece instanceof Piece.Zeros zeros ? zeros.length() : ((Piece.Content) piece).content().length;
        }
        return length;
    }
}
