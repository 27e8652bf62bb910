package io.jenkins.plugins.provenbackup.engine.backup;

import io.jenkins.plugins.provenbackup.engine.archive.BlockRange;
import io.jenkins.plugins.provenbackup.engine.catalog.Extent.ChunkRef;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import io.jenkins.plugins.provenbackup.engine.repository.ArchiveTable;
import io.jenkins.plugins.provenbackup.engine.repository.BlockId;
import io.jenkins.plugins.provenbackup.engine.repository.MovedBlocks;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The blocks that a new snapshot may refer to: those in archives that a destination holds and nobody condemned, without
 * the sparse ones, whose content is to be stored again. Where a block's chunks were moved, those are meant that the parent
 * uses: of the others, which a dead run may name, nobody knows whether they were moved along. Immutable.
 */
final class AvailableBlocks {

    private final List<ArchiveTable.Row> rows;
    private final Map<StreamId, List<BlockRange>> ranges = new HashMap<>();
    private final MovedBlocks moved;
    private final Set<BlockId> sparse;

    AvailableBlocks(Collection<ArchiveTable.Row> rows, MovedBlocks moved, Collection<BlockId> sparse) {
        this.rows = List.copyOf(rows);
        this.moved = moved;
        this.sparse = new HashSet<>(sparse);
        for (ArchiveTable.Row row : this.rows) {
            row.ranges().forEach(this::add);
        }
        ranges.replaceAll((stream, list) -> merged(list));
    }

    private void add(BlockRange range) {
        ranges.computeIfAbsent(range.stream(), stream -> new ArrayList<>()).add(range);
    }

    /** Neighbouring ranges as one, so that a stream that went on over many archives is one range. */
    private static List<BlockRange> merged(List<BlockRange> list) {
        list.sort((a, b) -> Long.compare(a.first(), b.first()));
        List<BlockRange> merged = new ArrayList<>();
        for (BlockRange range : list) {
            BlockRange last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && range.first() <= last.first() + last.count()) {
                long end = Math.max(last.first() + last.count(), range.first() + range.count());
                merged.set(merged.size() - 1, new BlockRange(last.stream(), last.first(), end - last.first()));
            } else {
                merged.add(range);
            }
        }
        return merged;
    }

    /** The archives that hold them. */
    List<ArchiveTable.Row> rows() {
        return rows;
    }

    /** Where the parent's blocks were moved. */
    MovedBlocks moved() {
        return moved;
    }

    /** Whether a chunk that the parent snapshot names need not be stored again. */
    boolean has(ChunkRef chunk) {
        return moved.find(chunk).filter(this::holds).isPresent();
    }

    /** The same for a chunk that a dead run names: if its block was moved, then with what snapshots used, which it may not be. */
    boolean hasUnmoved(ChunkRef chunk) {
        return !moved.hasMoved(chunk.stream(), chunk.block()) && holds(chunk);
    }

    private boolean holds(ChunkRef chunk) {
        List<BlockRange> of = ranges.getOrDefault(chunk.stream(), List.of());
        int low = 0;
        int high = of.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            BlockRange range = of.get(middle);
            if (range.contains(chunk.block())) {
                return sparse.isEmpty() || !sparse.contains(new BlockId(chunk.stream(), chunk.block()));
            }
            if (chunk.block() < range.first()) {
                high = middle - 1;
            } else {
                low = middle + 1;
            }
        }
        return false;
    }
}
