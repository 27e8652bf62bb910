package io.jenkins.plugins.provenbackup.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.crypto.CryptoException;
import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import io.jenkins.plugins.provenbackup.engine.crypto.WrongKeyException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CatalogReaderTest {

    private final CatalogStore store = new CatalogStore();

    @Test
    void readsOnlyTheSegmentsThatAPathNeeds() throws Exception {
        List<Entry> entries = SampleTree.entries(20_000, 1);
        Catalog catalog = store.write(entries);
        EntryPath directory = SampleTree.path("jobs/team-05-service-0022/builds/17");

        List<Entry> found = CatalogStore.all(store.reader(catalog).entries(directory));

        assertThat(found)
                .isEqualTo(entries.stream()
                        .filter(entry -> entry.path().isWithin(directory))
                        .toList())
                .hasSize(7);
        assertThat(store.fetched).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void findsEveryEntryAndNothingElse() throws Exception {
        List<Entry> entries = SampleTree.entries(3_000, 1);
        CatalogReader reader = store.reader(store.write(entries));

        for (int i = 0; i < entries.size(); i += 37) {
            assertThat(reader.find(entries.get(i).path())).contains(entries.get(i));
        }
        for (String absent : List.of("jobs/team", "a", "zzz", "jobs/team-00-service-0000/builds/1/nothing")) {
            assertThat(reader.find(SampleTree.path(absent))).isEmpty();
            assertThat(CatalogStore.all(reader.entries(SampleTree.path(absent))))
                    .isEmpty();
        }
    }

    @Test
    void findsEntriesOverTwoLevelsOfLists() throws Exception {
        List<Entry> entries = SampleTree.entries(100_000, 1);
        CatalogWriter writer = new CatalogWriter(
                store.sealing, Map.of(), store, new CatalogWriter.Options(16 << 20, 16, ContentSegmentListener.NONE));
        for (Entry entry : entries) {
            writer.add(entry);
        }
        CatalogReader reader = store.reader(writer.finish());

        for (int i = 0; i < entries.size(); i += 9_973) {
            assertThat(reader.find(entries.get(i).path())).contains(entries.get(i));
        }
    }

    @Test
    void saysWhenTheKeyIsAnother() throws Exception {
        Catalog catalog = store.write(SampleTree.entries(100, 1));
        CatalogReader reader = new CatalogReader(catalog, CatalogStore.newSealing(), store);

        assertThatThrownBy(() -> reader.entries().next()).isInstanceOf(WrongKeyException.class);
    }

    @Test
    void refusesFlippedBitsCutsAndSwappedSegments() throws Exception {
        Catalog catalog = store.write(SampleTree.entries(5_000, 1));
        SegmentRef first = catalog.list().segments().get(0).segment();
        SegmentRef second = catalog.list().segments().get(1).segment();
        byte[] flipped = store.sealed(first);
        flipped[flipped.length / 2] ^= 1;
        byte[] cut = Arrays.copyOf(store.sealed(first), first.length() - 1);

        assertThatThrownBy(() -> read(catalog, first, flipped)).isInstanceOf(DamagedException.class);
        assertThatThrownBy(() -> read(catalog, first, cut)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> read(catalog, first, new byte[first.length()])).isInstanceOf(CryptoException.class);
        SegmentRef moved = new SegmentRef(first.id(), second.object(), second.offset(), second.length());
        List<SegmentList.Item> items = new ArrayList<>(catalog.list().segments());
        items.set(0, new SegmentList.Item(items.get(0).firstPath(), moved));
        assertThatThrownBy(() -> CatalogStore.all(reader(items).entries())).isInstanceOf(DamagedException.class);
    }

    @Test
    void refusesListsThatDoNotFitTheirSegments() throws Exception {
        List<SegmentList.Item> items =
                store.write(SampleTree.entries(5_000, 1)).list().segments();

        List<SegmentList.Item> renamed = new ArrayList<>(items);
        renamed.set(
                1, new SegmentList.Item(SampleTree.path("jobs/a"), items.get(1).segment()));
        assertThatThrownBy(() -> CatalogStore.all(reader(renamed).entries()))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("does not begin with");
        List<SegmentList.Item> headless = items.subList(1, items.size());
        assertThatThrownBy(() -> CatalogStore.all(reader(headless).entries()))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("in no directory");
        assertThatThrownBy(() -> new SegmentList(List.of(items.get(1), items.get(0)), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesExtentsThatDoNotAddUp() throws Exception {
        CatalogWriter writer = store.writer(Map.of());
        ContentBuilder builder = writer.content();
        for (int i = 0; i < 400; i++) {
            builder.add(SampleTree.chunk(i));
        }
        FileContent content = builder.build();
        Node node = SampleTree.file("a", 1).node();
        writer.add(SampleTree.entries(1, 1).get(0));
        for (long wrong : new long[] {1, 1L << 40}) {
            Node other = new Node(SampleTree.path("f" + wrong), node.type(), node.metadata(), wrong, ByteString.EMPTY);
            writer.add(new Entry(other, content));
        }
        CatalogReader reader = store.reader(writer.finish());

        for (String path : List.of("f1", "f" + (1L << 40))) {
            Entry entry = reader.find(SampleTree.path(path)).orElseThrow();
            assertThatThrownBy(() -> CatalogStore.all(reader.extents(entry)))
                    .isInstanceOf(MalformedException.class)
                    .hasMessageContaining("do not add up");
        }
    }

    private void read(Catalog catalog, SegmentRef replaced, byte[] bytes) throws Exception {
        SegmentSource source = ref -> ref.equals(replaced) ? bytes : store.sealed(ref);
        CatalogStore.all(new CatalogReader(catalog, store.sealing, source).entries());
    }

    private CatalogReader reader(List<SegmentList.Item> items) {
        SegmentList list = new SegmentList(items, List.of());
        return store.reader(new Catalog(list.objects(), Catalog.Level.ENTRIES, list));
    }
}
