package io.jenkins.plugins.provenbackup.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatalogComparisonTest {

    private static final Instant PARENT_START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant PARENT_END = PARENT_START.plusSeconds(60);

    private final CatalogStore store = new CatalogStore();

    @Test
    void mergesAWalkWithItsParents() throws Exception {
        Entry root = SampleTree.entries(1, 1).get(0);
        Entry a = SampleTree.file("a", 1);
        Entry b = SampleTree.file("b", 2);
        Entry c = SampleTree.file("c", 3);
        EntryStream parent = store.reader(store.write(List.of(root, a, c))).entries();
        EntryStream deadRun = checkpoint(List.of(b, c));

        List<String> seen = new ArrayList<>();
        CatalogMerge<Entry> merge =
                new CatalogMerge<>(walk(List.of(root, b, c)), Entry::path, List.of(parent, deadRun));
        for (var match = merge.next(); match.isPresent(); match = merge.next()) {
            String candidates = "";
            for (CatalogMerge.Candidate candidate : match.get().candidates()) {
                assertThat(candidate.stored().entry()).isEqualTo(match.get().found());
                candidates += candidate.parent();
            }
            seen.add(match.get().found().path() + ":" + candidates);
        }

        assertThat(seen).containsExactly(":0", "b:1", "c:01");
        assertThat(merge.next()).isEmpty();
    }

    @Test
    void refusesAWalkOutOfOrder() throws Exception {
        CatalogMerge<Entry> merge = new CatalogMerge<>(
                walk(List.of(SampleTree.file("b", 1), SampleTree.file("a", 1))), Entry::path, List.of());
        merge.next();

        assertThatThrownBy(merge::next)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'a' after 'b'");
    }

    @Test
    void carriesEntriesAndLargeFilesFromCheckpointsIntoACatalog() throws Exception {
        CheckpointSegments checkpoint = new CheckpointSegments();
        Map<SegmentId, byte[]> made = new HashMap<>();
        CatalogWriter died = new CatalogWriter(
                store.sealing, Map.of(), store, CatalogWriter.Options.standard().with(made::put));
        ContentBuilder builder = died.content();
        List<Extent> extents = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            extents.add(SampleTree.chunk(i));
            builder.add(extents.get(i));
        }
        Node node = new Node(
                SampleTree.path("disk"),
                EntryType.FILE,
                SampleTree.metadata(PARENT_START, 1),
                2000L << 20,
                ByteString.EMPTY);
        Entry entry = new Entry(node, builder.build());
        made.values().forEach(checkpoint::addContent);
        List<byte[]> segments = new ArrayList<>(checkpoint.take());
        checkpoint.add(entry);
        segments.addAll(checkpoint.take());
        CheckpointReader reader = new CheckpointReader(feed(segments), store.sealing);
        CatalogStore other = new CatalogStore();
        CatalogWriter writer = other.writer(Map.of());

        Entry carried = reader.next().orElseThrow().entry();
        writer.add(SampleTree.entries(1, 1).get(0));
        writer.add(new Entry(carried.node(), writer.contentOf(carried, reader)));
        CatalogReader result = other.reader(writer.finish());

        assertThat(reader.next()).isEmpty();
        Entry found = result.find(node.path()).orElseThrow();
        assertThat(CatalogStore.all(result.extents(found))).isEqualTo(extents);
    }

    @Test
    void tellsChangedEntriesByTimeSizeAndInode() {
        Node before = node(100, PARENT_START.minusSeconds(60), 7);
        ChangeRule rule = new ChangeRule(Set.of(), PARENT_START, PARENT_END);

        assertThat(rule.unchanged(node(100, PARENT_START.minusSeconds(60), 7), before))
                .isTrue();
        assertThat(rule.unchanged(node(101, PARENT_START.minusSeconds(60), 7), before))
                .isFalse();
        assertThat(rule.unchanged(node(100, PARENT_START.minusSeconds(61), 7), before))
                .isFalse();
        assertThat(rule.unchanged(node(100, PARENT_START.minusSeconds(60), 8), before))
                .isFalse();
        ChangeRule lax = new ChangeRule(Set.of(ChangeRule.Ignored.INODE), PARENT_START, PARENT_END);
        assertThat(lax.unchanged(node(100, PARENT_START.minusSeconds(60), 8), before))
                .isTrue();
    }

    @Test
    void trustsNoTimeCloseToTheParentsRun() {
        ChangeRule rule = new ChangeRule(Set.of(), PARENT_START, PARENT_END);
        Map<Instant, Boolean> expected = Map.of(
                PARENT_START.minusMillis(2001), true,
                PARENT_START.minusMillis(1999), false,
                PARENT_START.plusSeconds(30), false,
                PARENT_END.plusMillis(1999), false,
                PARENT_END.plusMillis(2001), true);

        expected.forEach((mtime, unchanged) -> assertThat(rule.unchanged(node(1, mtime, 7), node(1, mtime, 7)))
                .as("%s", mtime)
                .isEqualTo(unchanged));
    }

    @Test
    void listsWhatDiffersBetweenTwoCatalogs() throws Exception {
        Entry root = SampleTree.entries(1, 1).get(0);
        Entry same = SampleTree.file("same", 1);
        Entry touched = SampleTree.file("touched", 2);
        Entry moved = SampleTree.file("moved", 3);
        Extent.ChunkRef chunk = (Extent.ChunkRef)
                ((FileContent.Extents) moved.content()).extents().get(0);
        Extent elsewhere = new Extent.ChunkRef(chunk.id(), chunk.stream(), 9, 1 << 20, 0, chunk.length());
        Entry changed = SampleTree.file("changed", 4);
        Entry rewritten = new Entry(
                changed.node(),
                new FileContent.Extents(List.of(new Extent.Hole(changed.node().size()))));
        Entry typed = SampleTree.file("type", 5);
        Entry directory = Entry.of(
                new Node(typed.path(), EntryType.DIRECTORY, typed.node().metadata(), 0, ByteString.EMPTY));
        Catalog a = store.write(sorted(root, same, touched, moved, changed, typed, SampleTree.file("gone", 6)));
        Catalog b = store.write(sorted(
                root,
                same,
                CatalogWriterTest.touched(touched),
                new Entry(moved.node(), new FileContent.Extents(List.of(elsewhere))),
                rewritten,
                directory,
                SampleTree.file("type/new", 7)));

        CatalogDiff diff = new CatalogDiff(store.reader(a), store.reader(b), EntryPath.ROOT);
        List<String> seen = new ArrayList<>();
        for (var next = diff.next(); next.isPresent(); next = diff.next()) {
            seen.add(next.get().path() + " " + next.get().kind());
        }

        assertThat(seen)
                .containsExactly("changed CONTENT", "gone REMOVED", "touched METADATA", "type TYPE", "type/new ADDED");
    }

    private static List<Entry> sorted(Entry... entries) {
        List<Entry> sorted = new ArrayList<>(List.of(entries));
        sorted.sort(Comparator.comparing(Entry::path));
        return sorted;
    }

    private static Node node(long size, Instant mtime, long inode) {
        Metadata metadata = SampleTree.metadata(mtime, inode);
        return new Node(SampleTree.path("a"), EntryType.FILE, metadata, size, ByteString.EMPTY);
    }

    private CheckpointReader checkpoint(List<Entry> entries) {
        CheckpointSegments checkpoint = new CheckpointSegments();
        entries.forEach(checkpoint::add);
        return new CheckpointReader(feed(checkpoint.take()), store.sealing);
    }

    private static CheckpointReader.Feed feed(List<byte[]> segments) {
        Iterator<byte[]> iterator = segments.iterator();
        return () -> iterator.hasNext() ? Optional.of(iterator.next()) : Optional.empty();
    }

    private static CatalogMerge.Walk<Entry> walk(List<Entry> entries) {
        Iterator<Entry> iterator = entries.iterator();
        return () -> iterator.hasNext() ? Optional.of(iterator.next()) : Optional.empty();
    }
}
