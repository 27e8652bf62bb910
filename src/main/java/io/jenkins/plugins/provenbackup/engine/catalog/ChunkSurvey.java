package io.jenkins.plugins.provenbackup.engine.catalog;

import io.jenkins.plugins.provenbackup.engine.catalog.Extent.ChunkRef;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds all chunks that a number of catalogs name. A segment that several of them share is read once, so the whole history
 * of a source costs little more than its newest catalog. Memory: some 50 bytes for each distinct segment. For one thread.
 */
public final class ChunkSurvey {

    private final SegmentSource source;
    private final Consumer<ChunkRef> taker;
    private final Set<SegmentId> seen = new HashSet<>();

    /**
     * A survey of nothing yet.
     *
     * @param taker is told of every chunk, of some more than once
     */
    public ChunkSurvey(SegmentSource source, Consumer<ChunkRef> taker) {
        this.source = source;
        this.taker = taker;
    }

    /**
     * Adds a catalog.
     *
     * @param sealing of the catalog's source and epoch
     * @throws IOException when a segment cannot be read, so that nobody knows what it names
     */
    public void add(Catalog catalog, SegmentSealing sealing) throws IOException {
        SegmentLoader loader = new SegmentLoader(source, sealing);
        if (catalog.level() == Catalog.Level.ENTRIES) {
            addList(catalog.list(), loader);
            return;
        }
        for (SegmentList.Item item : catalog.list().segments()) {
            SegmentRef list = item.segment();
            if (seen.add(list.id())) {
                addList(ListSegment.decode(loader.load(list), SegmentSealing.nameOf(list.id())), loader);
            }
        }
    }

    private void addList(SegmentList list, SegmentLoader loader) throws IOException {
        for (SegmentList.Item item : list.segments()) {
            SegmentRef segment = item.segment();
            if (seen.add(segment.id())) {
                String subject = SegmentSealing.nameOf(segment.id());
                for (Entry entry : EntrySegmentDecoder.decode(loader.load(segment), subject)) {
                    if (entry.content() instanceof FileContent.Extents extents) {
                        tell(extents.extents());
                    }
                }
            }
        }
        for (SegmentRef content : list.contents()) {
            if (seen.add(content.id())) {
                tell(ContentSegment.decode(loader.load(content), SegmentSealing.nameOf(content.id())));
            }
        }
    }

    private void tell(List<Extent> extents) {
        for (Extent extent : extents) {
            if (extent instanceof ChunkRef chunk) {
                taker.accept(chunk);
            }
        }
    }
}
