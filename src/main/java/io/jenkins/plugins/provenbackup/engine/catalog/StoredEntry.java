package io.jenkins.plugins.provenbackup.engine.catalog;

/** An entry as it was read, with where it stood. */
public final class StoredEntry {

    private final DecodedSegment segment;
    private final int index;

    StoredEntry(DecodedSegment segment, int index) {
        this.segment = segment;
        this.index = index;
    }

    public Entry entry() {
        return segment.entries().get(index);
    }

    DecodedSegment segment() {
        return segment;
    }

    int index() {
        return index;
    }

    @Override
    public String toString() {
        return entry().path().toString();
    }
}
