package io.jenkins.plugins.provenbackup.engine.prune;

import io.jenkins.plugins.provenbackup.engine.archive.ChunkId;
import io.jenkins.plugins.provenbackup.engine.catalog.Extent.ChunkRef;
import io.jenkins.plugins.provenbackup.engine.repository.BlockId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The chunks in use of some blocks, as catalogs name them: 24 bytes each, whatever the number of catalogs. For one thread. */
final class LiveChunks {

    /** Those of one block, by offset, then length. */
    static final class OfBlock {
        private long[] places = new long[4];
        private long[] ids = new long[8];
        private int count;

        private void add(ChunkRef chunk) {
            long place = (long) chunk.offset() << 32 | chunk.length();
            int found = Arrays.binarySearch(places, 0, count, place);
            int at = found >= 0 ? found : -found - 1;
            while (at > 0 && places[at - 1] == place) {
                at--;
            }
            // More than one id for the same bytes: somebody made one of them up.
            for (int same = at; same < count && places[same] == place; same++) {
                if (id(same).equals(chunk.id())) {
                    return;
                }
            }
            insert(at, place, chunk.id());
        }

        private void insert(int at, long place, ChunkId id) {
            if (count == places.length) {
                places = Arrays.copyOf(places, count * 2);
                ids = Arrays.copyOf(ids, count * 4);
            }
            System.arraycopy(places, at, places, at + 1, count - at);
            System.arraycopy(ids, 2 * at, ids, 2 * at + 2, 2 * (count - at));
            places[at] = place;
            ids[2 * at] = id.high();
            ids[2 * at + 1] = id.low();
            count++;
        }

        int count() {
            return count;
        }

        int offset(int index) {
            return (int) (places[index] >>> 32);
        }

        int length(int index) {
            return (int) places[index];
        }

        ChunkId id(int index) {
            return new ChunkId(ids[2 * index], ids[2 * index + 1]);
        }
    }

    private static final OfBlock NONE = new OfBlock();

    private final Set<BlockId> blocks;
    private final Map<BlockId, OfBlock> chunks = new HashMap<>();

    /** Of these blocks. */
    LiveChunks(Set<BlockId> blocks) {
        this.blocks = blocks;
    }

    void add(ChunkRef chunk) {
        BlockId block = new BlockId(chunk.stream(), chunk.block());
        if (blocks.contains(block)) {
            chunks.computeIfAbsent(block, id -> new OfBlock()).add(chunk);
        }
    }

    OfBlock of(BlockId block) {
        return chunks.getOrDefault(block, NONE);
    }
}
