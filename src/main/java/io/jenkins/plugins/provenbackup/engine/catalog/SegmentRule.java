package io.jenkins.plugins.provenbackup.engine.catalog;

import io.jenkins.plugins.provenbackup.engine.archive.ChunkId;

/**
 * Where segments end (section 8 of the repository format): after elements that a hash picks, so that an insertion moves no
 * boundary but its own. Each limit below is also the most that a reader takes.
 */
final class SegmentRule {

    static final int LEAST_ENTRIES = 128;
    static final int MOST_ENTRIES = 4096;

    /** Bytes of entries, without the tables before them, from which on a segment ends. */
    static final int MOST_ENTRY_BYTES = 1 << 20;

    static final int LEAST_EXTENTS = 64;
    static final int MOST_EXTENTS = 1024;

    static final int LEAST_LISTED = 64;
    static final int MOST_LISTED = 1024;

    private static final long PATH_MASK = 1023;

    private SegmentRule() {}

    static boolean endsEntries(int entries, int bytes, EntryPath last, SegmentSealing sealing) {
        return entries >= MOST_ENTRIES
                || bytes >= MOST_ENTRY_BYTES
                || entries >= LEAST_ENTRIES && (sealing.hashOf(last) & PATH_MASK) == 0;
    }

    static boolean endsExtents(int extents, Extent last) {
        return extents >= MOST_EXTENTS
                || extents >= LEAST_EXTENTS && last instanceof Extent.ChunkRef chunk && startsWithZero(chunk.id());
    }

    static boolean endsList(int segments, SegmentId last) {
        return segments >= MOST_LISTED || segments >= LEAST_LISTED && last.high() >>> 56 == 0;
    }

    private static boolean startsWithZero(ChunkId id) {
        return id.high() >>> 56 == 0;
    }
}
