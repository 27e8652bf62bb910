package io.jenkins.plugins.provenbackup.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CatalogWriterTest {

    private final CatalogStore store = new CatalogStore();

    @Test
    void readsBackWhatWasWritten() throws Exception {
        List<Entry> entries = SampleTree.entries(10_000, 1);

        Catalog catalog = store.write(entries);

        assertThat(CatalogStore.all(store.reader(catalog).entries())).isEqualTo(entries);
        assertThat(catalog.level()).isEqualTo(Catalog.Level.ENTRIES);
        assertThat(catalog.list().segments()).hasSizeBetween(4, 30);
    }

    @Test
    void writesAnEmptyCatalog() throws Exception {
        Catalog catalog = store.write(List.of());

        assertThat(catalog).isEqualTo(Catalog.empty());
        assertThat(store.objects).isEmpty();
        assertThat(CatalogStore.all(store.reader(catalog).entries())).isEmpty();
    }

    @Test
    void writesNothingForAnUnchangedTree() throws Exception {
        List<Entry> entries = SampleTree.entries(20_000, 1);
        Catalog first = store.write(entries);
        int objects = store.objects.size();

        Catalog second = store.write(entries, store.reader(first).segments());

        assertThat(second).isEqualTo(first);
        assertThat(store.objects).hasSize(objects);
    }

    @Test
    void writesLittleForOneChangeAmongManyEntries() throws Exception {
        List<Entry> entries = SampleTree.entries(100_000, 1);
        Catalog first = store.write(entries);
        Map<SegmentId, SegmentRef> known = store.reader(first).segments();
        int middle = entries.size() / 2;
        Entry old = entries.get(middle);

        List<Entry> changed = new ArrayList<>(entries);
        changed.set(middle, touched(old));
        List<Entry> grown = new ArrayList<>(entries);
        grown.add(middle + 1, SampleTree.file(old.path() + "-b", 7));
        List<Entry> shrunk = new ArrayList<>(entries);
        shrunk.remove(firstFileFrom(entries, middle));

        for (List<Entry> next : List.of(changed, grown, shrunk)) {
            long before = store.bytes();
            Catalog second = store.write(next, known);
            assertThat(newSegments(second, known)).hasSizeLessThanOrEqualTo(2);
            assertThat(store.bytes() - before).isBetween(1L, 256L * 1024);
            assertThat(CatalogStore.all(store.reader(second).entries())).isEqualTo(next);
        }
    }

    @Test
    void givesTheSameCatalogHoweverUnchangedEntriesAreHandedOver() throws Exception {
        List<Entry> entries = SampleTree.entries(30_000, 1);
        Catalog first = store.write(entries);
        int changedAt = 12_345;

        for (Set<Integer> changed : List.of(Set.<Integer>of(), Set.of(changedAt), Set.of(1, entries.size() - 1))) {
            List<Entry> next = new ArrayList<>(entries);
            changed.forEach(at -> next.set(at, touched(next.get(at))));
            CatalogReader parent = store.reader(first);
            CatalogWriter writer = store.writer(parent.segments());
            EntryStream stream = parent.entries();
            int at = 0;
            for (var stored = stream.next(); stored.isPresent(); stored = stream.next(), at++) {
                if (changed.contains(at)) {
                    writer.add(next.get(at));
                } else {
                    writer.reuse(stored.get());
                }
            }
            Catalog reused = writer.finish();

            Catalog encoded = store.write(next, parent.segments());
            assertThat(ids(reused)).isEqualTo(ids(encoded));
            assertThat(CatalogStore.all(store.reader(reused).entries())).isEqualTo(next);
        }
    }

    @Test
    void goesOnWithTheLastSegmentOfAParentThatItIsLongerThan() throws Exception {
        List<Entry> entries = SampleTree.entries(3_000, 1);
        Catalog first = store.write(entries);
        CatalogReader parent = store.reader(first);
        CatalogWriter writer = store.writer(parent.segments());
        EntryStream stream = parent.entries();
        for (var stored = stream.next(); stored.isPresent(); stored = stream.next()) {
            writer.reuse(stored.get());
        }
        Entry more = SampleTree.file("zzz", 3);
        writer.add(more);
        List<Entry> longer = new ArrayList<>(entries);
        longer.add(more);

        assertThat(ids(writer.finish())).isEqualTo(ids(store.write(longer)));
    }

    @Test
    void writesFewSegmentsForOneChangeInALargeFile() throws Exception {
        List<Extent> extents = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            extents.add(SampleTree.chunk(i));
        }
        Catalog first = writeLargeFile(extents, Map.of());
        Map<SegmentId, SegmentRef> known = store.reader(first).segments();
        extents.set(5_000, SampleTree.chunk(123_456));
        extents.add(2_000, SampleTree.chunk(654_321));

        Catalog second = writeLargeFile(extents, known);

        assertThat(first.list().contents()).hasSizeBetween(10, 160);
        assertThat(newContents(second, known)).hasSizeBetween(1, 4);
        CatalogReader reader = store.reader(second);
        Entry entry = reader.find(SampleTree.path("disk.img")).orElseThrow();
        assertThat(CatalogStore.all(reader.extents(entry))).isEqualTo(extents);
    }

    @Test
    void listsSegmentsInSegmentsOfTheirOwnWhereThereAreMany() throws Exception {
        List<Entry> entries = SampleTree.entries(100_000, 1);
        CatalogWriter.Options options = new CatalogWriter.Options(1 << 20, 16, ContentSegmentListener.NONE);
        CatalogWriter writer = new CatalogWriter(store.sealing, Map.of(), store, options);
        FileContent large = largeContent(writer, 0);
        long size = 300L << 20;
        Node node = new Node(
                SampleTree.path("zzz.img"),
                EntryType.FILE,
                SampleTree.metadata(Instant.EPOCH, 1),
                size,
                ByteString.EMPTY);
        entries.add(new Entry(node, large));
        for (Entry entry : entries) {
            writer.add(entry);
        }
        Catalog catalog = writer.finish();

        assertThat(catalog.level()).isEqualTo(Catalog.Level.LISTS);
        assertThat(catalog.list().contents()).isEmpty();
        assertThat(catalog.objects()).hasSize(store.objects.size());
        assertThat(store.objects.values()).allMatch(object -> object.length <= 1 << 20);
        assertThat(CatalogStore.all(store.reader(catalog).entries())).isEqualTo(entries);
        CatalogReader reader = store.reader(catalog);
        assertThat(CatalogStore.all(reader.extents(reader.find(node.path()).orElseThrow())))
                .hasSize(300);
        Map<SegmentId, SegmentRef> known = store.reader(catalog).segments();
        int before = store.objects.size();
        CatalogWriter again = new CatalogWriter(store.sealing, known, store, options);
        largeContent(again, 0);
        for (Entry entry : entries) {
            again.add(entry);
        }
        assertThat(again.finish().list()).isEqualTo(catalog.list());
        assertThat(store.objects).hasSize(before);
    }

    @Test
    void refusesEntriesOutOfOrderOrWithoutADirectory() throws Exception {
        CatalogWriter writer = store.writer(Map.of());
        List<Entry> entries = SampleTree.entries(10, 1);
        assertThatThrownBy(() -> writer.add(SampleTree.file("x/y", 1))).hasMessageContaining("in no directory");
        writer.add(entries.get(0));
        writer.add(SampleTree.file("b", 1));
        assertThatThrownBy(() -> writer.add(SampleTree.file("a", 1))).hasMessageContaining("does not come after");
        assertThatThrownBy(() -> writer.add(SampleTree.file("b", 1))).hasMessageContaining("does not come after");
        assertThatThrownBy(() -> writer.add(SampleTree.file("b/c", 1))).hasMessageContaining("in no directory");
    }

    @Test
    void refusesContentSegmentsThatItDoesNotHave() throws Exception {
        FileContent foreign = new FileContent.ContentSegments(List.of(new SegmentId(1, 2)));
        Node node = SampleTree.file("a", 1).node();
        CatalogWriter writer = store.writer(Map.of());
        writer.add(SampleTree.entries(1, 1).get(0));

        assertThatThrownBy(() -> writer.add(new Entry(node, foreign)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'a'");
    }

    @Test
    void joinsHolesThatTouch() throws Exception {
        CatalogWriter writer = store.writer(Map.of());

        FileContent content = writer.content()
                .add(new Extent.Hole(1))
                .add(new Extent.Hole(2))
                .add(SampleTree.chunk(1))
                .add(new Extent.Hole(3))
                .build();

        assertThat(content)
                .isEqualTo(
                        new FileContent.Extents(List.of(new Extent.Hole(3), SampleTree.chunk(1), new Extent.Hole(3))));
    }

    private FileContent largeContent(CatalogWriter writer, long seed) throws Exception {
        ContentBuilder builder = writer.content();
        for (int i = 0; i < 300; i++) {
            builder.add(SampleTree.chunk(seed + i));
        }
        return builder.build();
    }

    private Catalog writeLargeFile(List<Extent> extents, Map<SegmentId, SegmentRef> known) throws Exception {
        CatalogWriter writer = store.writer(known);
        ContentBuilder builder = writer.content();
        for (Extent extent : extents) {
            builder.add(extent);
        }
        Node node = new Node(
                SampleTree.path("disk.img"),
                EntryType.FILE,
                SampleTree.metadata(Instant.EPOCH, 5),
                builder.length(),
                ByteString.EMPTY);
        writer.add(SampleTree.entries(1, 1).get(0));
        writer.add(new Entry(node, builder.build()));
        return writer.finish();
    }

    static Entry touched(Entry entry) {
        Node node = entry.node();
        Metadata metadata = SampleTree.metadata(Instant.parse("2030-01-01T00:00:00Z"), 77);
        return new Entry(new Node(node.path(), node.type(), metadata, node.size(), node.linkTarget()), entry.content());
    }

    private static int firstFileFrom(List<Entry> entries, int from) {
        int at = from;
        while (entries.get(at).node().type() != EntryType.FILE) {
            at++;
        }
        return at;
    }

    private static List<SegmentId> ids(Catalog catalog) {
        return catalog.list().segments().stream()
                .map(item -> item.segment().id())
                .toList();
    }

    private static Set<SegmentId> newSegments(Catalog catalog, Map<SegmentId, SegmentRef> known) {
        return ids(catalog).stream().filter(id -> !known.containsKey(id)).collect(Collectors.toSet());
    }

    private static Set<SegmentId> newContents(Catalog catalog, Map<SegmentId, SegmentRef> known) {
        return catalog.list().contents().stream()
                .map(SegmentRef::id)
                .filter(id -> !known.containsKey(id))
                .collect(Collectors.toSet());
    }
}
