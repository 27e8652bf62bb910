package io.jenkins.plugins.provenbackup.engine.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The segments of a catalog, or of a part of it, with their places.
 *
 * @param segments in order of their first paths, which rise strictly
 * @param contents content segments that the files in them use; each once
 */
public record SegmentList(List<Item> segments, List<SegmentRef> contents) {

    private static final int LEAST_CONTENT = SegmentId.LENGTH + 3;
    private static final int LEAST_ITEM = LEAST_CONTENT + 1;

    /**
     * An entry segment, or at level 1 a list segment.
     *
     * @param firstPath path of its first entry
     */
    public record Item(EntryPath firstPath, SegmentRef segment) {}

    public SegmentList {
        segments = List.copyOf(segments);
        contents = List.copyOf(contents);
        for (int i = 1; i < segments.size(); i++) {
            EntryPath before = segments.get(i - 1).firstPath();
            if (before.compareTo(segments.get(i).firstPath()) >= 0) {
                throw new IllegalArgumentException("the segment that begins with '"
                        + segments.get(i).firstPath() + "' does not come after the one with '" + before + "'");
            }
        }
    }

    /** The objects that are used, in order of first use. */
    public List<CatalogObject> objects() {
        Map<CatalogObject, Boolean> seen = new LinkedHashMap<>();
        segments.forEach(item -> seen.put(item.segment().object(), true));
        contents.forEach(ref -> seen.put(ref.object(), true));
        return List.copyOf(seen.keySet());
    }

    /**
     * Writes the list.
     *
     * @param objects the table that indexes are taken from
     * @throws IllegalArgumentException when a segment lies in none of them
     */
    public void write(FieldWriter out, List<CatalogObject> objects) {
        Map<CatalogObject, Integer> indexes = new HashMap<>();
        for (CatalogObject object : objects) {
            indexes.putIfAbsent(object, indexes.size());
        }
        out.varint(segments.size());
        for (Item item : segments) {
            write(item.segment(), indexes, out);
            out.bytes(item.firstPath().rawBytes());
        }
        out.varint(contents.size());
        for (SegmentRef content : contents) {
            write(content, indexes, out);
        }
    }

    /** Reads a list whose segments lie in {@code objects}. */
    public static SegmentList read(FieldReader in, List<CatalogObject> objects) throws MalformedException {
        try {
            int count = in.count("the number of segments", LEAST_ITEM, Integer.MAX_VALUE);
            List<Item> segments = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                SegmentRef segment = readRef(in, objects);
                byte[] path = in.bytes("the first path of a segment", EntryPath.MAX_LENGTH);
                segments.add(new Item(EntryPath.of(path), segment));
            }
            int contentCount = in.count("the number of content segments", LEAST_CONTENT, Integer.MAX_VALUE);
            List<SegmentRef> contents = new ArrayList<>(contentCount);
            for (int i = 0; i < contentCount; i++) {
                contents.add(readRef(in, objects));
            }
            return new SegmentList(segments, contents);
        } catch (IllegalArgumentException e) {
            throw in.malformed(e.getMessage());
        }
    }

    private static void write(SegmentRef segment, Map<CatalogObject, Integer> indexes, FieldWriter out) {
        Integer index = indexes.get(segment.object());
        if (index == null) {
            throw new IllegalArgumentException(
                    "segment " + segment.id() + " lies in an object that is not in the table");
        }
        segment.id().write(out);
        out.varint(index).varint(segment.offset()).varint(segment.length());
    }

    private static SegmentRef readRef(FieldReader in, List<CatalogObject> objects) throws MalformedException {
        SegmentId id = SegmentId.read(in);
        CatalogObject object = objects.get(in.index("the catalog object of a segment", objects.size()));
        long offset = in.varint("the offset of a segment");
        int length = (int) in.varint("the length of a segment", Integer.MAX_VALUE);
        return new SegmentRef(id, object, offset, length);
    }
}
