package io.jenkins.plugins.provenbackup.engine.transfer;

import io.jenkins.plugins.provenbackup.engine.archive.BlockRange;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import io.jenkins.plugins.provenbackup.engine.repository.ArchiveTable;
import io.jenkins.plugins.provenbackup.engine.repository.ObjectRef;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds the archive that holds a block. Immutable. */
final class ArchiveLocator {

    private record Place(BlockRange range, ObjectRef archive) {}

    private final Map<StreamId, TreeMap<Long, Place>> places = new HashMap<>();

    ArchiveLocator(ArchiveTable table) {
        List<ArchiveTable.Row> rows = table.archives();
        for (ArchiveTable.Row row : rows) {
            for (BlockRange range : row.ranges()) {
                places.computeIfAbsent(range.stream(), stream -> new TreeMap<>(Comparator.naturalOrder()))
                        .put(range.first(), new Place(range, row.archive()));
            }
        }
    }

    Optional<ObjectRef> find(StreamId stream, long block) {
        TreeMap<Long, Place> ofStream = places.get(stream);
        Map.Entry<Long, Place> entry = ofStream == null ? null : ofStream.floorEntry(block);
        return entry != null && entry.getValue().range().contains(block)
                ? Optional.of(entry.getValue().archive())
                : Optional.empty();
    }
}
