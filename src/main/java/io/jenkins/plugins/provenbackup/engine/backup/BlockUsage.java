package io.jenkins.plugins.provenbackup.engine.backup;

import io.jenkins.plugins.provenbackup.engine.archive.BlockRange;
import io.jenkins.plugins.provenbackup.engine.catalog.Extent.ChunkRef;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import io.jenkins.plugins.provenbackup.engine.repository.ArchiveTable;
import io.jenkins.plugins.provenbackup.engine.repository.BlockId;
import io.jenkins.plugins.provenbackup.engine.repository.MovedBlocks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How much of each block a snapshot uses: eight bytes a block. From it follow the archives that the manifest names, and the
 * blocks whose content the next backup stores again. For one thread.
 */
final class BlockUsage {

    /** Per stream: live bytes of each block, and how many it holds. */
    private static final class Blocks {
        private int[] live = new int[64];
        private int[] length = new int[64];

        void add(int block, int held, int bytes) {
            if (block >= live.length) {
                int size = Math.max(block + 1, live.length * 2);
                live = Arrays.copyOf(live, size);
                length = Arrays.copyOf(length, size);
            }
            live[block] = (int) Math.min(Integer.MAX_VALUE, (long) live[block] + bytes);
            length[block] = Math.max(1, held);
        }

        /** Notes which used blocks of a range are found now; returns whether one of them was not before. */
        boolean house(BlockRange range, BitSet housed) {
            long end = Math.min(live.length, range.first() + range.count());
            boolean isNew = false;
            for (long block = range.first(); block < end; block++) {
                int number = (int) block;
                if (length[number] > 0 && !housed.get(number)) {
                    housed.set(number);
                    isNew = true;
                }
            }
            return isNew;
        }
    }

    private final Map<StreamId, Blocks> streams = new HashMap<>();
    private final Set<BlockId> usedMoved = new HashSet<>();
    private final MovedBlocks moved;

    /** Of a snapshot for whose blocks this tells where their chunks lie. */
    BlockUsage(MovedBlocks moved) {
        this.moved = moved;
    }

    void add(ChunkRef chunk) {
        if (moved.hasMoved(chunk.stream(), chunk.block())) {
            BlockId block = new BlockId(chunk.stream(), chunk.block());
            usedMoved.add(block);
            MovedBlocks.Target target = moved.places().get(block).target();
            add(target.id(), target.content(), chunk.length());
        } else {
            add(new BlockId(chunk.stream(), chunk.block()), chunk.blockLength(), chunk.length());
        }
    }

    private void add(BlockId block, int held, int bytes) {
        streams.computeIfAbsent(block.stream(), stream -> new Blocks())
                .add(Math.toIntExact(block.block()), held, bytes);
    }

    /** Where the chunks of those blocks lie that are used and were moved. */
    MovedBlocks moved() {
        return moved.of(usedMoved);
    }

    /** Of these archives those that hold a block in use that none before holds, so that a dead compaction's copies are left out. */
    ArchiveTable used(List<ArchiveTable.Row> known) {
        List<ArchiveTable.Row> rows = new ArrayList<>();
        Map<StreamId, BitSet> housed = new HashMap<>();
        for (ArchiveTable.Row row : known) {
            boolean isNeeded = false;
            for (BlockRange range : row.ranges()) {
                Blocks blocks = streams.get(range.stream());
                BitSet its = housed.computeIfAbsent(range.stream(), stream -> new BitSet());
                isNeeded |= blocks != null && blocks.house(range, its);
            }
            if (isNeeded) {
                rows.add(row);
            }
        }
        return new ArchiveTable(rows);
    }

    /** Blocks of which less than half is used. */
    List<BlockId> sparse() {
        List<BlockId> sparse = new ArrayList<>();
        new TreeMap<>(streams).forEach((stream, blocks) -> {
            for (int block = 0; block < blocks.live.length; block++) {
                if (blocks.length[block] > 0 && blocks.live[block] < blocks.length[block] / 2) {
                    sparse.add(new BlockId(stream, block));
                }
            }
        });
        return sparse;
    }
}
