package io.jenkins.plugins.provenbackup.engine.catalog;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the segments of all checkpoints of a run as one more parent: entries in rising order, not all of them and not
 * always with their parents. Content segments that were passed stay in memory. For one thread.
 */
public final class CheckpointReader implements EntryStream, ContentSource {

    private static final String SUBJECT = "a checkpoint's segment";

    private final Feed feed;
    private final SegmentSealing sealing;
    private final Map<SegmentId, byte[]> contents = new HashMap<>();
    private DecodedSegment segment = new DecodedSegment(Optional.empty(), List.of(), DecodedSegment.Ending.END);
    private int nextEntry;
    private EntryPath last;

    /** Gives the segments of all checkpoints in order. */
    public interface Feed {

        /** The next segment, or empty at the end and ever after. */
        Optional<byte[]> next() throws IOException;
    }

    /**
     * A reader; nothing is read yet.
     *
     * @param sealing of the epoch in the header of the run; names the content segments
     */
    public CheckpointReader(Feed feed, SegmentSealing sealing) {
        this.feed = feed;
        this.sealing = sealing;
    }

    @Override
    public Optional<StoredEntry> next() throws IOException {
        while (nextEntry == segment.entries().size()) {
            Optional<byte[]> bytes = feed.next();
            if (bytes.isEmpty()) {
                return Optional.empty();
            }
            take(bytes.get());
        }
        StoredEntry stored = new StoredEntry(segment, nextEntry++);
        EntryPath path = stored.entry().path();
        if (last != null && last.compareTo(path) >= 0) {
            throw new MalformedException(SUBJECT, "'" + path + "' does not come after '" + last + "'");
        }
        last = path;
        return Optional.of(stored);
    }

    @Override
    public ExtentStream extents(Entry entry) {
        return new FileExtents(entry, id -> {
            byte[] content = contents.get(id);
            if (content == null) {
                throw new MalformedException(
                        "'" + entry.path() + "'", "its content segment " + id + " is not in the checkpoints before it");
            }
            return ContentSegment.decode(content, SUBJECT);
        });
    }

    private void take(byte[] bytes) throws MalformedException {
        if (new FieldReader(bytes, SUBJECT).u8("the kind of segment") == SegmentKind.CONTENT) {
            contents.put(sealing.idOf(bytes), bytes);
        } else {
            segment = new DecodedSegment(
                    Optional.empty(), EntrySegmentDecoder.decode(bytes, SUBJECT), DecodedSegment.Ending.END);
            nextEntry = 0;
        }
    }
}
