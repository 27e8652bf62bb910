package io.jenkins.plugins.provenbackup.engine.catalog;

import java.util.List;

/** Where the content of a file is: its extents, or for many extents the segments that list them. */
public sealed interface FileContent {

    /** The content of an empty file, a directory or a symbolic link. */
    FileContent NONE = new Extents(List.of());

    /**
     * All extents of a file in order.
     *
     * @param extents at most {@link #MAX}
     */
    record Extents(List<Extent> extents) implements FileContent {

        /** A file of more extents keeps them in content segments: 256. */
        public static final int MAX = 256;

        public Extents {
            extents = List.copyOf(extents);
            if (extents.size() > MAX) {
                throw new IllegalArgumentException(
                        extents.size() + " extents belong into content segments, an entry has at most " + MAX);
            }
        }

        /** Length of the content in bytes. */
        public long length() {
            long length = 0;
            for (Extent extent : extents) {
                length = Math.addExact(length, extent.span());
            }
            return length;
        }
    }

    /**
     * The segments that together list a large file's extents, in order.
     *
     * @param segments at least one
     */
    record ContentSegments(List<SegmentId> segments) implements FileContent {
        public ContentSegments {
            segments = List.copyOf(segments);
            if (segments.isEmpty()) {
                throw new IllegalArgumentException("a file in content segments has at least one of them");
            }
        }
    }
}
