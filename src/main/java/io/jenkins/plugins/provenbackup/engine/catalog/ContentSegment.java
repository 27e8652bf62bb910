package io.jenkins.plugins.provenbackup.engine.catalog;

import java.util.List;

/** A part of the extents of a large file. */
final class ContentSegment {

    private ContentSegment() {}

    static byte[] encode(List<Extent> extents) {
        ExtentsEncoder encoder = new ExtentsEncoder();
        FieldWriter body = new FieldWriter(extents.size() * 28);
        for (Extent extent : extents) {
            encoder.write(extent, body);
        }
        FieldWriter out = new FieldWriter(body.length() + 64).u8(SegmentKind.CONTENT);
        encoder.writeStreams(out);
        return out.varint(extents.size()).raw(body).toByteArray();
    }

    /** At least one extent, at most 1,024. */
    static List<Extent> decode(byte[] segment, String subject) throws MalformedException {
        FieldReader in = new FieldReader(segment, subject);
        SegmentKind.expect(SegmentKind.CONTENT, in);
        List<Extent> extents = new ExtentsDecoder(in).read(SegmentRule.MOST_EXTENTS);
        if (extents.isEmpty()) {
            throw in.malformed("it has no extents");
        }
        in.end();
        return extents;
    }
}
