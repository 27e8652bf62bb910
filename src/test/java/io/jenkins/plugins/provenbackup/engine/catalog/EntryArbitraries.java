package io.jenkins.plugins.provenbackup.engine.catalog;

import io.jenkins.plugins.provenbackup.engine.archive.ChunkId;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Trees of entries of every kind that the format can hold. */
final class EntryArbitraries {

    private EntryArbitraries() {}

    /** A legal catalog: sorted, with the directories that its entries need. */
    static Arbitrary<List<Entry>> trees() {
        Arbitrary<EntryPath> paths = names().list().ofMinSize(1).ofMaxSize(4).map(EntryArbitraries::join);
        return Combinators.combine(paths, leaves())
                .as(Map::entry)
                .list()
                .ofMaxSize(30)
                .map(EntryArbitraries::tree);
    }

    /** An entry's parts without its path. */
    private record Leaf(EntryType type, Metadata metadata, List<Extent> extents, ByteString target) {
        Entry at(EntryPath path, EntryType as) {
            boolean file = as == EntryType.FILE;
            long size = file ? extents.stream().mapToLong(Extent::span).sum() : 0;
            ByteString link = as == EntryType.SYMLINK ? target : ByteString.EMPTY;
            FileContent content = file ? new FileContent.Extents(extents) : FileContent.NONE;
            return new Entry(new Node(path, as, metadata, size, link), content);
        }
    }

    private static List<Entry> tree(List<Map.Entry<EntryPath, Leaf>> leaves) {
        Map<EntryPath, Entry> entries = new TreeMap<>();
        for (var leaf : leaves) {
            entries.put(
                    leaf.getKey(),
                    leaf.getValue().at(leaf.getKey(), leaf.getValue().type()));
        }
        for (var leaf : leaves) {
            EntryPath path = leaf.getKey();
            while (!path.isRoot()) {
                path = path.parent();
                entries.put(path, leaf.getValue().at(path, EntryType.DIRECTORY));
            }
        }
        return List.copyOf(entries.values());
    }

    private static EntryPath join(List<byte[]> names) {
        EntryPath path = EntryPath.ROOT;
        for (byte[] name : names) {
            path = path.child(name);
        }
        return path;
    }

    /** Few letters so that prefixes are shared, and any byte so that names are not UTF-8. */
    private static Arbitrary<byte[]> names() {
        Arbitrary<Byte> any = Arbitraries.bytes().filter(b -> b != 0 && b != '/');
        Arbitrary<Byte> some = Arbitraries.of((byte) 'a', (byte) 'b', (byte) '-', (byte) 0xff);
        return Arbitraries.oneOf(some, any)
                .array(byte[].class)
                .ofMinSize(1)
                .ofMaxSize(6)
                .filter(name -> !Arrays.equals(name, new byte[] {'.'}) && !Arrays.equals(name, new byte[] {'.', '.'}));
    }

    private static Arbitrary<Leaf> leaves() {
        Arbitrary<ByteString> targets =
                Arbitraries.bytes().array(byte[].class).ofMaxSize(20).map(ByteString::of);
        return Combinators.combine(
                        Arbitraries.of(EntryType.class),
                        metadata(),
                        extents().list().ofMaxSize(6),
                        targets)
                .as(Leaf::new);
    }

    private static Arbitrary<Metadata> metadata() {
        Arbitrary<Long> ids = Arbitraries.longs().between(0, 0xffff_ffffL);
        Arbitrary<String> names = Arbitraries.of("", "root", "jenkins", "J\u00fcrgen", "\ud83d\ude00");
        Arbitrary<Long> numbers = Arbitraries.longs();
        return Combinators.combine(
                        Arbitraries.integers().between(0, 07777),
                        ids,
                        names,
                        times(),
                        times(),
                        numbers,
                        numbers,
                        xattrs())
                .as((mode, id, name, mtime, ctime, inode, group, xattrs) ->
                        new Metadata(mode, id, id / 2, name, name, mtime, ctime, inode, group, xattrs));
    }

    private static Arbitrary<Instant> times() {
        return Combinators.combine(
                        Arbitraries.oneOf(
                                Arbitraries.longs().between(-3_000_000_000L, 5_000_000_000L),
                                Arbitraries.longs()
                                        .between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond())),
                        Arbitraries.integers().between(0, 999_999_999))
                .as(Instant::ofEpochSecond);
    }

    private static Arbitrary<List<Metadata.Xattr>> xattrs() {
        Arbitrary<ByteString> bytes =
                Arbitraries.bytes().array(byte[].class).ofMaxSize(12).map(ByteString::of);
        return Arbitraries.maps(bytes, bytes).ofMaxSize(3).map(map -> {
            List<Metadata.Xattr> xattrs = new ArrayList<>();
            new TreeMap<>(map).forEach((name, value) -> xattrs.add(new Metadata.Xattr(name, value)));
            return xattrs;
        });
    }

    private static Arbitrary<Extent> extents() {
        Arbitrary<Extent> holes = Arbitraries.longs().between(1, 1L << 40).map(Extent.Hole::new);
        Arbitrary<StreamId> streams =
                Arbitraries.of(StreamId.of(new byte[16]), new StreamId("0123456789abcdef".repeat(2)));
        Arbitrary<Extent> chunks = Combinators.combine(
                        streams,
                        Arbitraries.longs().between(0, 2),
                        Arbitraries.longs(),
                        Arbitraries.integers().between(0, 1000),
                        Arbitraries.integers().between(1, 1000))
                .as((stream, block, id, offset, length) ->
                        new Extent.ChunkRef(new ChunkId(id, ~id), stream, block, 2000, offset, length));
        return Arbitraries.oneOf(holes, chunks, chunks);
    }
}
