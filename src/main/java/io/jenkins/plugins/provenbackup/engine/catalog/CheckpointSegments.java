package io.jenkins.plugins.provenbackup.engine.catalog;

import java.util.ArrayList;
import java.util.List;

/**
 * Builds the segments of a checkpoint: entries that are finished and the content segments that they name, neither packed
 * nor sealed, since a run is sealed as a whole. For one thread.
 */
public final class CheckpointSegments {

    private final List<byte[]> segments = new ArrayList<>();
    private EntrySegmentEncoder encoder = new EntrySegmentEncoder();
    private EntryPath last;

    /**
     * Adds the next entry; its parent directories need not be there.
     *
     * @throws IllegalArgumentException when it does not come after the one before
     */
    public void add(Entry entry) {
        if (last != null && last.compareTo(entry.path()) >= 0) {
            throw new IllegalArgumentException("'" + entry.path() + "' does not come after '" + last + "'");
        }
        last = entry.path();
        encoder.add(entry);
        if (encoder.count() == SegmentRule.MOST_ENTRIES || encoder.length() >= SegmentRule.MOST_ENTRY_BYTES) {
            endSegment();
        }
    }

    /**
     * Adds a content segment, before the entry that names it, in this or a later checkpoint of the run.
     *
     * @param segment as a {@link ContentSegmentListener} heard of it
     */
    public void addContent(byte[] segment) {
        segments.add(segment.clone());
    }

    /** The segments so far; this builder is then empty, but still knows the last path. */
    public List<byte[]> take() {
        if (encoder.count() > 0) {
            endSegment();
        }
        List<byte[]> taken = List.copyOf(segments);
        segments.clear();
        return taken;
    }

    private void endSegment() {
        segments.add(encoder.finish());
        encoder = new EntrySegmentEncoder();
    }
}
