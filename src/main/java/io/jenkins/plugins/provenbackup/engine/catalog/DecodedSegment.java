package io.jenkins.plugins.provenbackup.engine.catalog;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An entry segment that was read.
 *
 * @param id of the segment, unless it comes from a checkpoint
 * @param ending why it ends where it ends
 */
record DecodedSegment(Optional<SegmentId> id, List<Entry> entries, Ending ending) {

    /** Why a segment ends. */
    enum Ending {
        /** A rule ended it: whoever writes the same entries from the same start ends it there too. */
        RULE,
        /** Its catalog or checkpoint ended; more entries would have gone into it. */
        END
    }

    /** Content segments that the entries name, in order of first use. */
    List<SegmentId> contents() {
        Set<SegmentId> contents = new LinkedHashSet<>();
        for (Entry entry : entries) {
            if (entry.content() instanceof FileContent.ContentSegments large) {
                contents.addAll(large.segments());
            }
        }
        return List.copyOf(contents);
    }
}
