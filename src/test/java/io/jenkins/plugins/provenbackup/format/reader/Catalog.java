package io.jenkins.plugins.provenbackup.format.reader;

import static io.jenkins.plugins.provenbackup.format.reader.Bytes.join;
import static io.jenkins.plugins.provenbackup.format.reader.Fields.require;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Section 8: all entries of a snapshot. */
final class Catalog {

    private final RepositoryReader repository;
    private final Manifest manifest;
    private final List<Entry> entries = new ArrayList<>();
    private final Set<String> directories = new HashSet<>();

    private Catalog(RepositoryReader repository, Manifest manifest) {
        this.repository = repository;
        this.manifest = manifest;
    }

    static List<Entry> entries(RepositoryReader repository, Manifest manifest) {
        Catalog catalog = new Catalog(repository, manifest);
        if (manifest.level == 0) {
            catalog.readList(manifest.segments);
            return catalog.entries;
        }
        for (SegmentList.Place place : manifest.segments.segments) {
            Fields in = catalog.open(place);
            require(in.u8() == 3, "no list segment");
            List<Manifest.Named> objects = Manifest.named(in);
            SegmentList list = new SegmentList(in, objects);
            in.end();
            require(!list.segments.isEmpty() && list.segments.size() <= 1024, "a list segment of a wrong size");
            require(Arrays.equals(list.segments.get(0).firstPath(), place.firstPath()), "another first path");
            catalog.readList(list);
        }
        return catalog.entries;
    }

    private Fields open(SegmentList.Place place) {
        byte[] object = repository.object("catalogs", place.object());
        Fields start = new Fields(object);
        start.expect("PBC1");
        require(Arrays.equals(start.raw(16), repository.keys().repository), "another repository's catalog");
        require(Arrays.equals(start.raw(16), manifest.source), "another source's catalog");
        long epoch = start.u32();
        require(epoch == manifest.epoch, "another epoch's catalog");
        byte[] packed = Cryptography.unseal(
                repository.keys().derived("catalog", epoch, manifest.source),
                "segment",
                repository.keys().repository,
                epoch,
                place.id(),
                SegmentList.cut(place, object));
        byte[] segment = Cryptography.unpack(packed, 256 << 20);
        byte[] id = Cryptography.hmac(repository.keys().derived("segment", epoch, manifest.source), segment);
        require(Arrays.equals(Arrays.copyOf(id, 16), place.id()), "a segment that does not have its id");
        return new Fields(segment);
    }

    private void readList(SegmentList list) {
        for (SegmentList.Place place : list.segments) {
            int first = entries.size();
            readEntries(open(place), list.contents);
            require(Arrays.equals(entries.get(first).path(), place.firstPath()), "another first path");
        }
    }

    private void readEntries(Fields in, Map<String, SegmentList.Place> contents) {
        require(in.u8() == 1, "no entry segment");
        List<String> streams = Manifest.streamIds(in);
        long[][] owners = new long[in.count()][];
        for (int i = 0; i < owners.length; i++) {
            owners[i] = new long[] {in.varint(), in.varint()};
            in.text();
            in.text();
        }
        int count = in.count();
        require(count >= 1 && count <= 4096, "a segment of " + count + " entries");
        byte[] before = {};
        Entry.ChunkBefore chunkBefore = new Entry.ChunkBefore();
        for (int i = 0; i < count; i++) {
            byte[] path = join(Arrays.copyOf(before, in.small(before.length)), in.bytes());
            int type = in.u8();
            int mode = in.small(07777);
            long[] owner = owners[in.small(owners.length - 1L)];
            var mtime = in.time();
            in.time();
            in.varint();
            long group = in.varint();
            Map<String, byte[]> attributes = new TreeMap<>();
            for (int left = in.count(); left > 0; left--) {
                attributes.put(in.text(), in.bytes());
            }
            long size = 0;
            List<Entry.Extent> extents = List.of();
            byte[] target = {};
            if (type == Entry.FILE) {
                size = in.varint();
                extents = in.u8() == 0 ? Entry.Extent.read(in, streams, chunkBefore) : contentSegments(in, contents);
                long total = extents.stream().mapToLong(Entry.Extent::length).sum();
                require(total == size, "extents that do not add up to the size");
            } else if (type == Entry.LINK) {
                target = in.bytes();
            } else {
                require(type == Entry.DIRECTORY, "an unknown type of entry");
            }
            add(new Entry(path, type, mode, owner[0], owner[1], mtime, group, attributes, size, extents, target));
            before = path;
        }
        in.end();
    }

    private List<Entry.Extent> contentSegments(Fields in, Map<String, SegmentList.Place> contents) {
        List<Entry.Extent> extents = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            String id = in.hex(16);
            require(contents.containsKey(id), "a content segment that is nowhere");
            Fields segment = open(contents.get(id));
            require(segment.u8() == 2, "no content segment");
            List<Entry.Extent> some = Entry.Extent.read(segment, Manifest.streamIds(segment), new Entry.ChunkBefore());
            segment.end();
            require(!some.isEmpty() && some.size() <= 1024, "a content segment of a wrong size");
            extents.addAll(some);
        }
        return extents;
    }

    private void add(Entry entry) {
        String path = new String(entry.path(), StandardCharsets.ISO_8859_1);
        require(path.indexOf('\0') < 0 && path.length() <= 65_536, "a path that cannot be");
        for (String component : path.isEmpty() ? new String[0] : path.split("/", -1)) {
            require(
                    !component.isEmpty() && !component.equals(".") && !component.equals(".."),
                    "a path that leads away");
        }
        if (!entries.isEmpty()) {
            Entry last = entries.get(entries.size() - 1);
            require(compare(last.path(), entry.path()) < 0, "entries out of order");
            String parent = path.substring(0, Math.max(0, path.lastIndexOf('/')));
            require(parent.isEmpty() || directories.contains(parent), "an entry whose directory is missing");
        }
        if (entry.type() == Entry.DIRECTORY) {
            directories.add(path);
        }
        entries.add(entry);
    }

    /** Unsigned bytes, with '/' below all others. */
    static int compare(byte[] one, byte[] other) {
        return Arrays.compareUnsigned(slashLowest(one), slashLowest(other));
    }

    private static byte[] slashLowest(byte[] path) {
        byte[] copy = path.clone();
        for (int i = 0; i < copy.length; i++) {
            copy[i] = copy[i] == '/' ? 0 : copy[i];
        }
        return copy;
    }

    /** The entries that were read, by link group, so that the links of one file become one again. */
    static Map<Long, Entry> firstOfGroups(List<Entry> entries) {
        Map<Long, Entry> firsts = new HashMap<>();
        entries.stream()
                .filter(entry -> entry.linkGroup() != 0)
                .forEach(entry -> firsts.putIfAbsent(entry.linkGroup(), entry));
        return firsts;
    }
}
