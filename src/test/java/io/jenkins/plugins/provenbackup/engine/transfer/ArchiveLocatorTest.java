package io.jenkins.plugins.provenbackup.engine.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.archive.BlockRange;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import io.jenkins.plugins.provenbackup.engine.repository.ArchiveTable;
import io.jenkins.plugins.provenbackup.engine.repository.ObjectRef;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ArchiveLocatorTest {

    private static final StreamId STREAM = new StreamId("1".repeat(32));
    private static final StreamId OTHER = new StreamId("2".repeat(32));
    private static final ObjectRef WHOLE = archive('a');
    private static final ObjectRef COPY = archive('b');

    private static ObjectRef archive(char name) {
        return new ObjectRef(ObjectHash.parse(String.valueOf(name).repeat(64)), 100);
    }

    private static ArchiveTable.Row row(ObjectRef archive, BlockRange... ranges) {
        return new ArchiveTable.Row(archive, List.of(ranges));
    }

    /** What a backup after a killed compaction named: the archive with all blocks, and the one that some were copied into. */
    @Test
    void findsBlocksOfAnArchiveOfWhichSomeLieInAnotherOneToo() {
        ArchiveLocator locator = new ArchiveLocator(new ArchiveTable(List.of(
                row(WHOLE, new BlockRange(STREAM, 0, 5)),
                row(COPY, new BlockRange(OTHER, 0, 2), new BlockRange(STREAM, 1, 1), new BlockRange(STREAM, 4, 1)))));

        assertThat(locator.find(STREAM, 0)).containsExactly(WHOLE);
        assertThat(locator.find(STREAM, 1)).containsExactlyInAnyOrder(WHOLE, COPY);
        assertThat(locator.find(STREAM, 2)).containsExactly(WHOLE);
        assertThat(locator.find(STREAM, 3)).containsExactly(WHOLE);
        assertThat(locator.find(STREAM, 4)).containsExactlyInAnyOrder(WHOLE, COPY);
        assertThat(locator.find(STREAM, 5)).isEmpty();
        assertThat(locator.find(OTHER, 1)).containsExactly(COPY);
    }

    @Test
    void findsWhatASearchThroughAllRangesFinds() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            List<ArchiveTable.Row> rows = new ArrayList<>();
            for (char name : "abcdef".toCharArray()) {
                List<BlockRange> ranges = new ArrayList<>();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    ranges.add(new BlockRange(STREAM, random.nextInt(30), 1 + random.nextInt(12)));
                }
                rows.add(new ArchiveTable.Row(archive(name), ranges));
            }
            ArchiveLocator locator = new ArchiveLocator(new ArchiveTable(rows));
            for (long block = 0; block < 45; block++) {
                long wanted = block;
                assertThat(locator.find(STREAM, block))
                        .containsExactlyInAnyOrderElementsOf(rows.stream()
                                .filter(row -> row.ranges().stream().anyMatch(range -> range.contains(wanted)))
                                .map(ArchiveTable.Row::archive)
                                .toList());
            }
        }
    }
}
