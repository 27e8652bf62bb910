package io.jenkins.plugins.provenbackup.engine.catalog;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes the catalog of one snapshot: entries come in order, segments that the parent has too are only named, new ones go
 * to the sink in catalog objects. Memory is in proportion to the number of segments, not of entries. For one thread.
 */
public final class CatalogWriter {

    private final SegmentSealing sealing;
    private final SegmentPacker packer;
    private final Options options;
    private final TreeOrder order = new TreeOrder();
    private final List<Written> written = new ArrayList<>();
    private EntrySegmentEncoder encoder = new EntrySegmentEncoder();
    private ReusedRun run = ReusedRun.NONE;

    /** An entry segment that is done. */
    private record Written(EntryPath firstPath, SegmentId id, List<SegmentId> contents) {}

    /** The first {@code length} entries of a parent's segment, which may yet turn out to be all of it. */
    private record ReusedRun(DecodedSegment segment, int length) {
        static final ReusedRun NONE =
                new ReusedRun(new DecodedSegment(Optional.empty(), List.of(), DecodedSegment.Ending.END), 0);

        // The very segment that was read: an equal one may have been read for another place.
        @SuppressWarnings("ReferenceEquality")
        boolean goesOnWith(StoredEntry stored) {
            return length > 0 && stored.segment() == segment && stored.index() == length;
        }
    }

    /**
     * What a writer can be told.
     *
     * @param objectSize the most bytes of a catalog object, unless a single segment has more
     * @param listThreshold the most entry segments that a manifest lists itself
     * @param listener hears of content segments
     */
    public record Options(int objectSize, int listThreshold, ContentSegmentListener listener) {

        /** 16 MiB, 4,096 segments, nobody listening. */
        public static Options standard() {
            return new Options(16 << 20, 4096, ContentSegmentListener.NONE);
        }

        /** The same with a listener. */
        public Options with(ContentSegmentListener other) {
            return new Options(objectSize, listThreshold, other);
        }
    }

    /**
     * A writer of an empty catalog.
     *
     * @param known segments that are stored already and stay so, mostly {@link CatalogReader#segments()} of the parent; only
     *     of the same epoch, and none whose object is missing at a destination
     */
    public CatalogWriter(
            SegmentSealing sealing, Map<SegmentId, SegmentRef> known, CatalogObjectSink sink, Options options) {
        this.sealing = sealing;
        this.options = options;
        this.packer = new SegmentPacker(sealing, known, sink, options.objectSize());
    }

    /** Begins the content of a file; its entry is added when it is built. */
    public ContentBuilder content() {
        return new ContentBuilder(packer, options.listener());
    }

    /**
     * The content of an entry of another catalog or checkpoint, in a form that this catalog can name: content segments that
     * are not stored here yet are written.
     */
    public FileContent contentOf(Entry entry, ContentSource source) throws IOException, InterruptedException {
        if (entry.content() instanceof FileContent.ContentSegments large
                && !large.segments().stream().allMatch(packer::has)) {
            return content().addAll(source.extents(entry)).build();
        }
        return entry.content();
    }

    /**
     * Adds the next entry.
     *
     * @throws IllegalArgumentException when it does not come after the one before, its parent is no directory of this
     *     catalog, or its content segments are not in it
     */
    public void add(Entry entry) throws IOException, InterruptedException {
        accept(entry);
        giveUpRun();
        encode(entry);
    }

    /**
     * Adds the next entry, which is exactly as it was read from a parent: the same as {@link #add}, but a segment all of whose
     * entries come this way in a row is named without being made again. The catalog is the same either way.
     *
     * @throws IllegalArgumentException as {@link #add}
     */
    public void reuse(StoredEntry stored) throws IOException, InterruptedException {
        accept(stored.entry());
        if (run.goesOnWith(stored)) {
            run = new ReusedRun(run.segment(), run.length() + 1);
        } else {
            giveUpRun();
            if (!canBegin(stored)) {
                encode(stored.entry());
                return;
            }
            run = new ReusedRun(stored.segment(), 1);
        }
        if (run.length() == run.segment().entries().size()) {
            completeRun();
        }
    }

    /**
     * Ends the catalog: hands the last objects to the sink and says where everything is.
     */
    public Catalog finish() throws IOException, InterruptedException {
        giveUpRun();
        if (encoder.count() > 0) {
            endSegment();
        }
        packer.flush();
        return written.size() > options.listThreshold() ? listOfLists() : listOf(written, Catalog.Level.ENTRIES);
    }

    private void accept(Entry entry) {
        order.accept(entry.node());
        if (entry.content() instanceof FileContent.ContentSegments large
                && !large.segments().stream().allMatch(packer::has)) {
            throw new IllegalArgumentException(
                    "the content segments of '" + entry.path() + "' are not in this catalog; see contentOf");
        }
    }

    /** A segment that its catalog's end cut short would have gone on here, so it is encoded. */
    private boolean canBegin(StoredEntry stored) {
        DecodedSegment segment = stored.segment();
        return stored.index() == 0
                && encoder.count() == 0
                && segment.ending() == DecodedSegment.Ending.RULE
                && segment.id().filter(packer::has).isPresent();
    }

    private void completeRun() {
        DecodedSegment segment = run.segment();
        written.add(new Written(segment.entries().get(0).path(), segment.id().orElseThrow(), segment.contents()));
        run = ReusedRun.NONE;
    }

    private void giveUpRun() throws IOException, InterruptedException {
        ReusedRun left = run;
        run = ReusedRun.NONE;
        for (Entry entry : left.segment().entries().subList(0, left.length())) {
            encode(entry);
        }
    }

    private void encode(Entry entry) throws IOException, InterruptedException {
        encoder.add(entry);
        if (SegmentRule.endsEntries(encoder.count(), encoder.length(), entry.path(), sealing)) {
            endSegment();
        }
    }

    private void endSegment() throws IOException, InterruptedException {
        SegmentId id = packer.add(encoder.finish());
        written.add(new Written(encoder.firstPath(), id, encoder.contents()));
        encoder = new EntrySegmentEncoder();
    }

    private Catalog listOf(List<Written> part, Catalog.Level level) {
        SegmentList list = placed(part);
        return new Catalog(list.objects(), level, list);
    }

    private Catalog listOfLists() throws IOException, InterruptedException {
        List<Written> lists = new ArrayList<>();
        Set<CatalogObject> objects = new LinkedHashSet<>();
        int start = 0;
        for (int end = 1; end <= written.size(); end++) {
            if (end == written.size()
                    || SegmentRule.endsList(end - start, written.get(end - 1).id())) {
                SegmentList list = placed(written.subList(start, end));
                objects.addAll(list.objects());
                SegmentId id = packer.add(ListSegment.encode(list));
                lists.add(new Written(written.get(start).firstPath(), id, List.of()));
                start = end;
            }
        }
        packer.flush();
        SegmentList top = placed(lists);
        objects.addAll(top.objects());
        return new Catalog(List.copyOf(objects), Catalog.Level.LISTS, top);
    }

    private SegmentList placed(List<Written> part) {
        List<SegmentList.Item> items = new ArrayList<>();
        Set<SegmentId> contents = new LinkedHashSet<>();
        for (Written segment : part) {
            items.add(new SegmentList.Item(segment.firstPath(), packer.place(segment.id())));
            contents.addAll(segment.contents());
        }
        return new SegmentList(items, contents.stream().map(packer::place).toList());
    }
}
