package io.jenkins.plugins.provenbackup.engine.backup;

import io.jenkins.plugins.provenbackup.engine.archive.BlockRange;
import io.jenkins.plugins.provenbackup.engine.catalog.Extent.ChunkRef;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import io.jenkins.plugins.provenbackup.engine.repository.ArchiveTable;
import io.jenkins.plugins.provenbackup.engine.repository.BlockId;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import java.util.ArrayList;
import java.util.Arrays;
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

    /** Per stream: live bytes and plain length of each block. */
    private static final class Blocks {
        private int[] live = new int[64];
        private int[] length = new int[64];

        void add(int block, int blockLength, int bytes) {
            if (block >= live.length) {
                int size = Math.max(block + 1, live.length * 2);
                live = Arrays.copyOf(live, size);
                length = Arrays.copyOf(length, size);
            }
            live[block] = (int) Math.min(Integer.MAX_VALUE, (long) live[block] + bytes);
            length[block] = blockLength;
        }

        boolean uses(BlockRange range) {
            long end = Math.min(live.length, range.first() + range.count());
            for (long block = range.first(); block < end; block++) {
                if (length[(int) block] > 0) {
                    return true;
                }
            }
            return false;
        }
    }

    private final Map<StreamId, Blocks> streams = new HashMap<>();

    void add(ChunkRef chunk) {
        streams.computeIfAbsent(chunk.stream(), stream -> new Blocks())
                .add(Math.toIntExact(chunk.block()), chunk.blockLength(), chunk.length());
    }

    /** The archives that hold a block in use, out of these, each once. */
    ArchiveTable used(List<ArchiveTable.Row> known) {
        List<ArchiveTable.Row> rows = new ArrayList<>();
        Set<ObjectHash> seen = new HashSet<>();
        for (ArchiveTable.Row row : known) {
            if (row.ranges().stream().anyMatch(this::uses)
                    && seen.add(row.archive().hash())) {
                rows.add(row);
            }
        }
        return new ArchiveTable(rows);
    }

    private boolean uses(BlockRange range) {
        Blocks blocks = streams.get(range.stream());
        return blocks != null && blocks.uses(range);
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
