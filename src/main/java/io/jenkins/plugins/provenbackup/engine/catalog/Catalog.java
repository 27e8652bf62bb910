package io.jenkins.plugins.provenbackup.engine.catalog;

import java.util.List;

/**
 * What a manifest says of a snapshot's catalog.
 *
 * @param objects all objects that the catalog needs, those that only list segments name among them
 * @param level what {@code list} lists
 * @param list whose segments lie in {@code objects}
 */
public record Catalog(List<CatalogObject> objects, Level level, SegmentList list) {

    /** What a segment list lists. */
    public enum Level {
        /** Entry segments. */
        ENTRIES,
        /** List segments, which list entry segments. */
        LISTS;

        /** The number in a manifest: 0 or 1. */
        public int number() {
            return this == ENTRIES ? 0 : 1;
        }

        /** The level of a number in a manifest. */
        public static Level read(FieldReader in) throws MalformedException {
            return in.varint("the level of the segment list", 1) == 0 ? ENTRIES : LISTS;
        }
    }

    public Catalog {
        objects = List.copyOf(objects);
    }

    /** The catalog of an empty snapshot. */
    public static Catalog empty() {
        return new Catalog(List.of(), Level.ENTRIES, new SegmentList(List.of(), List.of()));
    }
}
