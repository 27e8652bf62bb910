package io.jenkins.plugins.provenbackup.engine.restore;

import io.jenkins.plugins.provenbackup.engine.catalog.Entry;
import io.jenkins.plugins.provenbackup.engine.catalog.Extent;
import io.jenkins.plugins.provenbackup.engine.catalog.Extent.ChunkRef;
import io.jenkins.plugins.provenbackup.engine.catalog.FileContent;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import io.jenkins.plugins.provenbackup.engine.transfer.FileContentReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Small files whose content lies in blocks that were passed and let go, mostly because an equal file came long before. Each would
 * have a whole block read again, so they wait until many can be written in the order of their blocks. For one thread.
 */
final class BackReferences {

    private static final int MOST = 4096;

    private final FileContentReader contents;
    private final Map<StreamId, Long> furthest = new HashMap<>();
    private List<Entry> waiting = new ArrayList<>();

    BackReferences(FileContentReader contents) {
        this.contents = contents;
    }

    /** Takes a file that had better wait; false for one to be written now. */
    boolean defer(Entry entry, FileContent.Extents content) {
        boolean back = false;
        for (Extent extent : content.extents()) {
            if (extent instanceof ChunkRef chunk) {
                long before = furthest.getOrDefault(chunk.stream(), -1L);
                back |= chunk.block() < before && !contents.isAtHand(chunk);
                if (chunk.block() > before) {
                    furthest.put(chunk.stream(), chunk.block());
                }
            }
        }
        if (back) {
            waiting.add(entry);
        }
        return back;
    }

    boolean isFull() {
        return waiting.size() >= MOST;
    }

    /** All that wait, those that share a block side by side; they wait no longer. */
    List<Entry> take() {
        List<Entry> taken = waiting;
        waiting = new ArrayList<>();
        taken.sort(Comparator.comparing(BackReferences::firstStream).thenComparingLong(BackReferences::firstBlock));
        return taken;
    }

    private static StreamId firstStream(Entry entry) {
        return first(entry).stream();
    }

    private static long firstBlock(Entry entry) {
        return first(entry).block();
    }

    private static ChunkRef first(Entry entry) {
        return ((FileContent.Extents) entry.content())
                .extents().stream()
                        .filter(ChunkRef.class::isInstance)
                        .map(ChunkRef.class::cast)
                        .findFirst()
                        .orElseThrow();
    }
}
