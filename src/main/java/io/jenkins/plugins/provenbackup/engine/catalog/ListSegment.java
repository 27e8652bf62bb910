package io.jenkins.plugins.provenbackup.engine.catalog;

import java.util.List;

/** A part of the segment list of a large catalog, with its own table of objects. */
final class ListSegment {

    private ListSegment() {}

    static byte[] encode(SegmentList list) {
        List<CatalogObject> objects = list.objects();
        FieldWriter out = new FieldWriter(1 << 12).u8(SegmentKind.LIST);
        CatalogObject.writeTable(objects, out);
        list.write(out, objects);
        return out.toByteArray();
    }

    /** At least one entry segment. */
    static SegmentList decode(byte[] segment, String subject) throws MalformedException {
        FieldReader in = new FieldReader(segment, subject);
        SegmentKind.expect(SegmentKind.LIST, in);
        SegmentList list = SegmentList.read(in, CatalogObject.readTable(in));
        if (list.segments().isEmpty() || list.segments().size() > SegmentRule.MOST_LISTED) {
            throw in.malformed("it lists " + list.segments().size() + " segments");
        }
        in.end();
        return list;
    }
}
