package io.jenkins.plugins.provenbackup.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.archive.BlockRange;
import io.jenkins.plugins.provenbackup.engine.archive.ChunkId;
import io.jenkins.plugins.provenbackup.engine.catalog.Extent.ChunkRef;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import io.jenkins.plugins.provenbackup.engine.repository.ArchiveTable;
import io.jenkins.plugins.provenbackup.engine.repository.BlockId;
import io.jenkins.plugins.provenbackup.engine.repository.MovedBlocks;
import io.jenkins.plugins.provenbackup.engine.repository.ObjectRef;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AvailableBlocksTest {

    private static final StreamId OLD = new StreamId("0".repeat(32));
    private static final StreamId NEW = new StreamId("1".repeat(32));
    private static final MovedBlocks MOVED = new MovedBlocks(Map.of(
            new BlockId(OLD, 7), new MovedBlocks.Place(new MovedBlocks.Target(new BlockId(NEW, 0), 1000, 500), -100)));

    @Test
    void aChunkOfTheParentIsThereWhereItsBlockWasMovedTo() {
        assertThat(holding(new BlockRange(NEW, 0, 1)).has(chunk(7))).isTrue();
        assertThat(holding(new BlockRange(OLD, 7, 1)).has(chunk(7))).isFalse();
    }

    @Test
    void aChunkOfADeadRunIsNotServedFromABlockThatWasMoved() {
        AvailableBlocks both = holding(new BlockRange(NEW, 0, 1), new BlockRange(OLD, 6, 2));

        assertThat(both.hasUnmoved(chunk(7))).isFalse();
        assertThat(both.hasUnmoved(chunk(6))).isTrue();
        assertThat(both.hasUnmoved(chunk(8))).isFalse();
    }

    private static AvailableBlocks holding(BlockRange... ranges) {
        ObjectRef archive = new ObjectRef(ObjectHash.parse("a".repeat(64)), 1);
        return new AvailableBlocks(List.of(new ArchiveTable.Row(archive, List.of(ranges))), MOVED, List.of());
    }

    private static ChunkRef chunk(int block) {
        return new ChunkRef(ChunkId.of(new byte[16], 0), OLD, block, 4000, 200, 50);
    }
}
