package io.jenkins.plugins.provenbackup.engine.catalog;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the extents of one file in order and makes its content: of up to 256 extents they themselves, of more the content
 * segments, which go to the catalog as they fill, so that a file of any size needs little memory. Holes that touch become
 * one. Several may be under way at once, all in the thread of their writer; one that is given up needs no closing.
 */
public final class ContentBuilder {

    private final SegmentPacker packer;
    private final ContentSegmentListener listener;
    private final List<SegmentId> segments = new ArrayList<>();
    private List<Extent> extents = new ArrayList<>();
    private Extent last;
    private long length;
    private Form form = Form.SMALL;

    private enum Form {
        SMALL,
        SEGMENTED
    }

    ContentBuilder(SegmentPacker packer, ContentSegmentListener listener) {
        this.packer = packer;
        this.listener = listener;
    }

    /** Adds the next extent. */
    public ContentBuilder add(Extent extent) throws IOException, InterruptedException {
        length = Math.addExact(length, extent.span());
        if (last instanceof Extent.Hole before && extent instanceof Extent.Hole hole) {
            last = new Extent.Hole(before.length() + hole.length());
            return this;
        }
        settle();
        last = extent;
        return this;
    }

    /** Adds all that is left of a stream. */
    public ContentBuilder addAll(ExtentStream stream) throws IOException, InterruptedException {
        for (var extent = stream.next(); extent.isPresent(); extent = stream.next()) {
            add(extent.get());
        }
        return this;
    }

    /** Bytes of content so far. */
    public long length() {
        return length;
    }

    /** The content; this builder is then done. */
    public FileContent build() throws IOException, InterruptedException {
        settle();
        last = null;
        if (form == Form.SMALL) {
            return extents.isEmpty() ? FileContent.NONE : new FileContent.Extents(extents);
        }
        if (!extents.isEmpty()) {
            endSegment();
        }
        return new FileContent.ContentSegments(segments);
    }

    private void settle() throws IOException, InterruptedException {
        if (last == null) {
            return;
        }
        extents.add(last);
        if (form == Form.SEGMENTED) {
            endSegmentWhereItShould();
        } else if (extents.size() > FileContent.Extents.MAX) {
            form = Form.SEGMENTED;
            List<Extent> all = extents;
            extents = new ArrayList<>();
            for (Extent extent : all) {
                extents.add(extent);
                endSegmentWhereItShould();
            }
        }
    }

    private void endSegmentWhereItShould() throws IOException, InterruptedException {
        if (SegmentRule.endsExtents(extents.size(), extents.get(extents.size() - 1))) {
            endSegment();
        }
    }

    private void endSegment() throws IOException, InterruptedException {
        byte[] segment = ContentSegment.encode(extents);
        extents.clear();
        SegmentId id = packer.add(segment);
        segments.add(id);
        listener.made(id, segment);
    }
}
