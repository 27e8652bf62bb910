package io.jenkins.plugins.provenbackup.engine.catalog;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The segments of a catalog, over both levels of lists. Lists that were read stay in memory. */
final class SegmentIndex {

    private final Catalog catalog;
    private final SegmentLoader loader;
    private final Map<Integer, Part> parts = new HashMap<>();

    /** One list with its content segments by id. */
    private record Part(SegmentList list, Map<SegmentId, SegmentRef> contents) {
        static Part of(SegmentList list) {
            Map<SegmentId, SegmentRef> contents = new HashMap<>();
            list.contents().forEach(ref -> contents.put(ref.id(), ref));
            return new Part(list, contents);
        }
    }

    /** The place of an entry segment: which list, and where in it. */
    record Position(int part, int item) {}

    SegmentIndex(Catalog catalog, SegmentLoader loader) {
        this.catalog = catalog;
        this.loader = loader;
    }

    /** The segment that holds a path or would hold it; empty for an empty catalog. */
    Optional<Position> positionOf(EntryPath path) throws IOException {
        if (catalog.list().segments().isEmpty()) {
            return Optional.empty();
        }
        int part = partOf(path);
        return Optional.of(new Position(part, lastNotAfter(path, part(part).list())));
    }

    Optional<Position> after(Position position) throws IOException {
        if (position.item() + 1 < part(position.part()).list().segments().size()) {
            return Optional.of(new Position(position.part(), position.item() + 1));
        }
        return position.part() + 1 < parts() ? Optional.of(new Position(position.part() + 1, 0)) : Optional.empty();
    }

    SegmentList.Item at(Position position) throws IOException {
        return part(position.part()).list().segments().get(position.item());
    }

    /** Where a content segment lies that the entry at a path names. */
    Optional<SegmentRef> content(SegmentId id, EntryPath path) throws IOException {
        return Optional.ofNullable(part(partOf(path)).contents().get(id));
    }

    /** All segments of all kinds. */
    Map<SegmentId, SegmentRef> all() throws IOException {
        Map<SegmentId, SegmentRef> all = new HashMap<>();
        List<SegmentList> lists = new ArrayList<>(List.of(catalog.list()));
        for (int i = 0; catalog.level() == Catalog.Level.LISTS && i < parts(); i++) {
            lists.add(part(i).list());
        }
        for (SegmentList list : lists) {
            list.segments().forEach(item -> all.put(item.segment().id(), item.segment()));
            list.contents().forEach(ref -> all.put(ref.id(), ref));
        }
        return all;
    }

    private int parts() {
        return catalog.level() == Catalog.Level.ENTRIES
                ? 1
                : catalog.list().segments().size();
    }

    private int partOf(EntryPath path) {
        return catalog.level() == Catalog.Level.ENTRIES ? 0 : lastNotAfter(path, catalog.list());
    }

    private Part part(int number) throws IOException {
        Part part = parts.get(number);
        if (part == null) {
            part = Part.of(catalog.level() == Catalog.Level.ENTRIES ? catalog.list() : readList(number));
            parts.put(number, part);
        }
        return part;
    }

    private SegmentList readList(int number) throws IOException {
        SegmentList.Item item = catalog.list().segments().get(number);
        String subject = SegmentSealing.nameOf(item.segment().id());
        SegmentList list = ListSegment.decode(loader.load(item.segment()), subject);
        if (!list.segments().get(0).firstPath().equals(item.firstPath())) {
            throw new MalformedException(subject, "it does not begin with '" + item.firstPath() + "'");
        }
        return list;
    }

    private static int lastNotAfter(EntryPath path, SegmentList list) {
        int low = 0;
        int high = list.segments().size() - 1;
        while (low < high) {
            int middle = low + high + 1 >>> 1;
            if (list.segments().get(middle).firstPath().compareTo(path) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
