package io.jenkins.plugins.provenbackup.engine.catalog;

import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Seals segments that no earlier catalog has and puts them together into catalog objects of a limited size. */
final class SegmentPacker {

    private final SegmentSealing sealing;
    private final Map<SegmentId, SegmentRef> known;
    private final CatalogObjectSink sink;
    private final int objectSize;

    private final Map<SegmentId, Place> fresh = new HashMap<>();
    private final List<CatalogObject> objects = new ArrayList<>();
    private List<byte[]> parts = new ArrayList<>();
    private MessageDigest digest = ObjectHash.newDigest();
    private long size;

    private record Place(int object, long offset, int length) {}

    SegmentPacker(SegmentSealing sealing, Map<SegmentId, SegmentRef> known, CatalogObjectSink sink, int objectSize) {
        this.sealing = sealing;
        this.known = known;
        this.sink = sink;
        this.objectSize = objectSize;
    }

    boolean has(SegmentId id) {
        return known.containsKey(id) || fresh.containsKey(id);
    }

    /** Makes sure that the segment is stored. */
    SegmentId add(byte[] segment) throws IOException, InterruptedException {
        SegmentId id = sealing.idOf(segment);
        if (!has(id)) {
            byte[] sealed = sealing.seal(id, segment);
            if (size > 0 && size + sealed.length > objectSize) {
                flush();
            }
            if (size == 0) {
                append(sealing.objectHeader());
            }
            fresh.put(id, new Place(objects.size(), size, sealed.length));
            append(sealed);
        }
        return id;
    }

    /** Ends the current object, if there is one; from then on everything added so far has its place. */
    void flush() throws IOException, InterruptedException {
        if (size == 0) {
            return;
        }
        SegmentPayload payload = new SegmentPayload(parts, size, ObjectHash.of(digest.digest()));
        objects.add(payload.object());
        parts = new ArrayList<>();
        digest = ObjectHash.newDigest();
        size = 0;
        sink.accept(payload.object(), payload);
    }

    /** Where a segment lies whose object has ended. */
    SegmentRef place(SegmentId id) {
        SegmentRef ref = known.get(id);
        if (ref != null) {
            return ref;
        }
        Place place = fresh.get(id);
        return new SegmentRef(id, objects.get(place.object()), place.offset(), place.length());
    }

    private void append(byte[] part) {
        parts.add(part);
        digest.update(part);
        size += part.length;
    }
}
