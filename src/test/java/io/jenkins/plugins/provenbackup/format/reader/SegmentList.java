package io.jenkins.plugins.provenbackup.format.reader;

import static io.jenkins.plugins.provenbackup.format.reader.Fields.require;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Section 8: where segments lie. */
final class SegmentList {

    /** A sealed segment in an object; the first path is empty for content segments. */
    record Place(byte[] id, Manifest.Named object, long offset, int length, byte[] firstPath) {}

    final List<Place> segments = new ArrayList<>();
    final Map<String, Place> contents = new HashMap<>();

    SegmentList(Fields in, List<Manifest.Named> objects) {
        for (int left = in.count(); left > 0; left--) {
            Place place = place(in, objects);
            segments.add(new Place(place.id, place.object, place.offset, place.length, in.bytes()));
        }
        for (int left = in.count(); left > 0; left--) {
            Place place = place(in, objects);
            contents.put(Bytes.hex(place.id), place);
        }
        for (int i = 1; i < segments.size(); i++) {
            require(
                    Catalog.compare(segments.get(i - 1).firstPath, segments.get(i).firstPath) < 0,
                    "a segment list out of order");
        }
    }

    private static Place place(Fields in, List<Manifest.Named> objects) {
        byte[] id = in.raw(16);
        Manifest.Named object = objects.get(in.small(objects.size() - 1L));
        return new Place(id, object, in.varint(), in.small(object.size()), new byte[0]);
    }

    /** The bytes of a sealed segment in its object. */
    static byte[] cut(Place place, byte[] object) {
        require(place.offset <= object.length - place.length, "a segment beyond its object");
        return Arrays.copyOfRange(object, (int) place.offset, (int) place.offset + place.length);
    }
}
