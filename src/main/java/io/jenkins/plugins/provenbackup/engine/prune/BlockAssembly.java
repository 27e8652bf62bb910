package io.jenkins.plugins.provenbackup.engine.prune;

import io.jenkins.plugins.provenbackup.engine.archive.Codec;
import io.jenkins.plugins.provenbackup.engine.repository.BlockId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The plain text of a new block that pieces of old ones are put into. For one thread. */
final class BlockAssembly {

    /** What is live of a block as catalogs name it: some ranges of bytes that keep their distances. */
    static final class Piece {
        private final BlockId from;
        private final Movements.Part part;
        private final byte[] plain;
        private final ByteRanges ranges = new ByteRanges();

        /**
         * A piece without content.
         *
         * @param from the block that it is read from
         * @param part the block that catalogs name, and what is added to their offsets to find them in {@code plain}
         * @param plain what was read
         */
        Piece(BlockId from, Movements.Part part, byte[] plain) {
            this.from = from;
            this.part = part;
            this.plain = plain;
        }

        void add(int start, int length) {
            ranges.add(start, start + length);
        }

        boolean isEmpty() {
            return ranges.isEmpty();
        }

        private int span() {
            return ranges.end() - ranges.start();
        }
    }

    /**
     * Where a piece was put.
     *
     * @param from the block that it was read from
     * @param part what it was there
     * @param shift what is now to be added to the offsets that catalogs name
     */
    record Placed(BlockId from, Movements.Part part, int shift) {}

    private final int fill;
    private final byte[] plain = new byte[Codec.BLOCK_LIMIT];
    private final List<Placed> pieces = new ArrayList<>();
    private int length;
    private int content;

    /**
     * An assembly without pieces.
     *
     * @param fill bytes up to which it takes more pieces than one
     */
    BlockAssembly(int fill) {
        this.fill = fill;
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    boolean hasRoomFor(Piece piece) {
        return pieces.isEmpty() || length + piece.span() <= fill;
    }

    void add(Piece piece) {
        int move = length - piece.ranges.start();
        piece.ranges.forEach((start, end) -> System.arraycopy(piece.plain, start, plain, start + move, end - start));
        pieces.add(new Placed(piece.from, piece.part, piece.part.shift() + move));
        length += piece.span();
        content += piece.ranges.size();
    }

    /** The plain text, at its start; only lent. */
    byte[] plain() {
        return plain;
    }

    int length() {
        return length;
    }

    /** Bytes of it that are not there to keep distances. */
    int content() {
        return content;
    }

    List<Placed> pieces() {
        return List.copyOf(pieces);
    }

    void clear() {
        Arrays.fill(plain, 0, length, (byte) 0);
        pieces.clear();
        length = 0;
        content = 0;
    }
}
