package io.jenkins.plugins.provenbackup.engine.transfer;

import io.jenkins.plugins.provenbackup.engine.archive.BlockRange;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import io.jenkins.plugins.provenbackup.engine.repository.ArchiveTable;
import io.jenkins.plugins.provenbackup.engine.repository.ObjectRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the archives that hold a block. There may be several: a backup after a killed compaction may name both the archive that
 * was copied from and the one that some of its blocks were copied into. Immutable.
 */
final class ArchiveLocator {

    private record Place(BlockRange range, ObjectRef archive) {

        long end() {
            return range.first() + range.count();
        }
    }

    /** The places of one stream by their first block, and for each the highest end of all up to it. */
    private record Places(List<Place> sorted, long[] ends) {

        static Places of(List<Place> places) {
            List<Place> sorted = places.stream()
                    .sorted(Comparator.comparingLong(place -> place.range().first()))
                    .toList();
            long[] ends = new long[sorted.size()];
            long end = 0;
            for (int i = 0; i < ends.length; i++) {
                end = Math.max(end, sorted.get(i).end());
                ends[i] = end;
            }
            return new Places(sorted, ends);
        }

        private int lastThatBeginsUpTo(long block) {
            int low = 0;
            int high = sorted.size();
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (sorted.get(middle).range().first() <= block) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low - 1;
        }

        List<ObjectRef> find(long block) {
            List<ObjectRef> found = new ArrayList<>(1);
            for (int i = lastThatBeginsUpTo(block); i >= 0 && ends[i] > block; i--) {
                Place place = sorted.get(i);
                if (place.range().contains(block) && !found.contains(place.archive())) {
                    found.add(place.archive());
                }
            }
            return found;
        }
    }

    private final Map<StreamId, Places> places = new HashMap<>();

    ArchiveLocator(ArchiveTable table) {
        Map<StreamId, List<Place>> byStream = new HashMap<>();
        for (ArchiveTable.Row row : table.archives()) {
            for (BlockRange range : row.ranges()) {
                byStream.computeIfAbsent(range.stream(), stream -> new ArrayList<>())
                        .add(new Place(range, row.archive()));
            }
        }
        byStream.forEach((stream, list) -> places.put(stream, Places.of(list)));
    }

    /** All archives that hold the block, each as good as the other; none when the table does not name it. */
    List<ObjectRef> find(StreamId stream, long block) {
        Places ofStream = places.get(stream);
        return ofStream == null ? List.of() : ofStream.find(block);
    }
}
