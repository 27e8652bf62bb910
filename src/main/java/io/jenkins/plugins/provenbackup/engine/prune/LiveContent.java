package io.jenkins.plugins.provenbackup.engine.prune;

import io.jenkins.plugins.provenbackup.engine.catalog.Extent.ChunkRef;
import io.jenkins.plugins.provenbackup.engine.repository.BlockId;
import java.util.HashMap;
import java.util.Map;

/** How much of each block the snapshots of one source use: some 100 bytes a block. For one thread. */
final class LiveContent {

    /** What is used of a block as catalogs name it. */
    private static final class Used {
        private final ByteRanges ranges = new ByteRanges();
        private int length;
    }

    /**
     * How full a block is.
     *
     * @param live bytes in use
     * @param held bytes of content, in use or not
     * @param length bytes of plain text, be they content or zeros in place of what was not live
     */
    record Filling(int live, int held, int length) {

        /** Which part of what it holds is in use, 0 to 1. */
        double part() {
            return held == 0 ? 1 : (double) live / held;
        }
    }

    private final Movements movements;
    private final Map<BlockId, Used> used = new HashMap<>();

    LiveContent(Movements movements) {
        this.movements = movements;
    }

    /** Notes a chunk that a catalog names. */
    void add(ChunkRef chunk) {
        Used block = used.computeIfAbsent(new BlockId(chunk.stream(), chunk.block()), id -> new Used());
        block.ranges.add(chunk.offset(), chunk.offset() + chunk.length());
        block.length = Math.max(block.length, chunk.blockLength());
    }

    /** How full a block is, be it one that catalogs name or one that others were moved into. */
    Filling filling(BlockId block) {
        if (!movements.isTarget(block)) {
            Used one = used.get(block);
            return one == null ? new Filling(0, 0, 0) : new Filling(one.ranges.size(), one.length, one.length);
        }
        long live = 0;
        for (Movements.Part part : movements.parts(block)) {
            Used one = used.get(part.block());
            live += one == null ? 0 : one.ranges.size();
        }
        int held = movements.content(block);
        return new Filling((int) Math.min(live, held), held, movements.length(block));
    }
}
