package io.jenkins.plugins.provenbackup.engine.catalog;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The extents of one file, which must add up to its size. */
final class FileExtents implements ExtentStream {

    private final Entry entry;
    private final Loader loader;
    private final Iterator<SegmentId> segments;
    private Iterator<Extent> extents;
    private long left;

    /** Gives the extents of a content segment. */
    interface Loader {
        List<Extent> load(SegmentId id) throws IOException;
    }

    FileExtents(Entry entry, Loader loader) {
        this.entry = entry;
        this.loader = loader;
        this.left = entry.node().size();
        if (entry.content() instanceof FileContent.ContentSegments large) {
            segments = large.segments().iterator();
            extents = List.<Extent>of().iterator();
        } else {
            segments = List.<SegmentId>of().iterator();
            extents = ((FileContent.Extents) entry.content()).extents().iterator();
        }
    }

    @Override
    public Optional<Extent> next() throws IOException {
        while (!extents.hasNext() && segments.hasNext()) {
            extents = loader.load(segments.next()).iterator();
        }
        if (extents.hasNext()) {
            Extent extent = extents.next();
            left -= extent.span();
            if (left < 0) {
                throw mismatch();
            }
            return Optional.of(extent);
        }
        if (left != 0) {
            throw mismatch();
        }
        return Optional.empty();
    }

    private MalformedException mismatch() {
        return new MalformedException(
                "'" + entry.path() + "'",
                "its extents do not add up to its size, " + entry.node().size() + " bytes");
    }
}
