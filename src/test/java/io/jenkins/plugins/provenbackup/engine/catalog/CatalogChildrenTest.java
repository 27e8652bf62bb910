package io.jenkins.plugins.provenbackup.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CatalogChildrenTest {

    private final CatalogStore store = new CatalogStore();

    @Test
    void listsWhatAWalkOverEverythingFinds() throws Exception {
        List<Entry> entries = SampleTree.entries(20_000, 1);
        CatalogReader reader = store.reader(store.write(entries));

        requireSame(entries, reader);
    }

    @Test
    void listsOverTwoLevelsOfLists() throws Exception {
        List<Entry> entries = SampleTree.entries(20_000, 2);
        CatalogWriter writer = new CatalogWriter(
                store.sealing, Map.of(), store, new CatalogWriter.Options(16 << 20, 4, ContentSegmentListener.NONE));
        for (Entry entry : entries) {
            writer.add(entry);
        }

        requireSame(entries, store.reader(writer.finish()));
    }

    @Test
    void fetchesLittleForTheTopOfALargeTree() throws Exception {
        Catalog catalog = store.write(SampleTree.entries(50_000, 3));
        store.fetched.clear();

        assertThat(children(store.reader(catalog), EntryPath.ROOT)).hasSize(1);

        assertThat(catalog.list().segments()).hasSizeGreaterThan(20);
        assertThat(store.fetched).hasSizeLessThan(4);
    }

    @Test
    void hasNothingWhereNothingIs() throws Exception {
        CatalogReader reader = store.reader(store.write(SampleTree.entries(3_000, 4)));

        for (String absent : List.of("a", "jobs/none", "zzz")) {
            assertThat(children(reader, SampleTree.path(absent))).isEmpty();
        }
        assertThat(children(store.reader(Catalog.empty()), EntryPath.ROOT)).isEmpty();
    }

    private static void requireSame(List<Entry> entries, CatalogReader reader) throws IOException {
        int looked = 0;
        for (Entry directory : entries) {
            boolean isSample = directory.path().depth() < 3 || looked % 97 == 0;
            if (directory.node().type() == EntryType.DIRECTORY && isSample) {
                List<Entry> expected = entries.stream()
                        .filter(entry ->
                                !entry.path().isRoot() && entry.path().parent().equals(directory.path()))
                        .toList();
                assertThat(children(reader, directory.path())).isEqualTo(expected);
            }
            looked++;
        }
    }

    private static List<Entry> children(CatalogReader reader, EntryPath directory) throws IOException {
        List<Entry> found = new ArrayList<>();
        CatalogChildren children = reader.children(directory);
        for (Optional<Entry> next = children.next(); next.isPresent(); next = children.next()) {
            found.add(next.get());
        }
        return found;
    }
}
