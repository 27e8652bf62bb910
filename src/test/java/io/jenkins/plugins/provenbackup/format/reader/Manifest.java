package io.jenkins.plugins.provenbackup.format.reader;

import static io.jenkins.plugins.provenbackup.format.reader.Bytes.join;
import static io.jenkins.plugins.provenbackup.format.reader.Bytes.u32;
import static io.jenkins.plugins.provenbackup.format.reader.Bytes.utf8;
import static io.jenkins.plugins.provenbackup.format.reader.Fields.require;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Section 9: one snapshot, and which archive holds which block of which stream. */
final class Manifest {

    /** An object that must exist with a size. */
    record Named(String hash, long size) {}

    /** Where the chunks of a moved block are: what to add to their offsets in it, and the length of the block that they are in. */
    record Move(String stream, long block, int length, long shift) {}

    /** Which archive holds so many blocks from one on. */
    record Range(long first, long blocks, Named archive) {}

    final byte[] source;
    final long epoch;
    final String snapshotId;
    final long sequence;
    final long generation;
    final List<Named> catalogs;
    final List<Named> archives;
    final String sourceName;
    final int level;
    final SegmentList segments;
    private final Map<String, List<Range>> streams = new TreeMap<>();
    private final Map<String, Move> moves = new TreeMap<>();

    Manifest(byte[] object, Keys keys) {
        Fields outer = new Fields(object);
        outer.expect("PBM1");
        byte[] header = outer.lp();
        byte[] sealed = outer.rest();
        Fields in = new Fields(header);
        require(Arrays.equals(in.raw(16), keys.repository), "a manifest of another repository");
        source = in.raw(16);
        epoch = in.u32();
        snapshotId = in.hex(32);
        int start = in.position();
        in.raw(16);
        sequence = in.u64();
        byte[] runAndSequence = in.since(start);
        generation = in.u32();
        start = in.position();
        require(in.u8() - 1 < 3, "an unknown kind of snapshot");
        in.time();
        in.time();
        in.raw(32 * in.small(1));
        in.raw(32 * in.count());
        catalogs = named(in);
        byte[] kindToCatalogs = in.since(start);
        archives = named(in);
        in.end();

        byte[] identity = Cryptography.sha256(join(utf8("PBM1"), u32(header.length), header));
        byte[] packed = Cryptography.unseal(
                keys.derived("catalog", epoch, source), "manifest", keys.repository, epoch, identity, sealed);
        Fields body = new Fields(Cryptography.unpack(packed, 256 << 20));
        byte[] immutable = body.bytes();
        for (int left = body.count(); left > 0; left--) {
            body.text();
            body.text();
        }
        readStreams(body);

        require(
                snapshotId.equals(Bytes.hex(Cryptography.sha256(join(utf8("proven-backup snapshot v1"), immutable)))),
                "a snapshot id that does not fit");
        Fields fixed = new Fields(immutable);
        fixed.raw(16);
        byte[] same = join(runAndSequence, kindToCatalogs);
        require(Arrays.equals(fixed.raw(same.length), same), "a header that is not the immutable part's");
        sourceName = fixed.text();
        fixed.text();
        fixed.text();
        for (int left = fixed.count(); left > 0; left--) {
            fixed.bytes();
        }
        for (int left = fixed.count(); left > 0; left--) {
            fixed.varint();
        }
        level = fixed.small(1);
        segments = new SegmentList(fixed, catalogs);
        fixed.end();
    }

    /** A list of objects with their sizes. */
    static List<Named> named(Fields in) {
        List<Named> objects = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            objects.add(new Named(in.hex(32), in.varint()));
        }
        return objects;
    }

    static List<String> streamIds(Fields in) {
        List<String> ids = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            ids.add(in.hex(16));
        }
        return ids;
    }

    private void readStreams(Fields in) {
        List<String> ids = streamIds(in);
        for (Named archive : archives) {
            for (int left = in.count(); left > 0; left--) {
                String stream = ids.get(in.small(ids.size() - 1L));
                streams.computeIfAbsent(stream, unused -> new ArrayList<>())
                        .add(new Range(in.varint(), in.varint(), archive));
            }
        }
        for (int left = in.count(); left > 0; left--) {
            in.small(ids.size() - 1L);
            in.varint();
        }
        for (int targets = in.count(); targets > 0; targets--) {
            String stream = ids.get(in.small(ids.size() - 1L));
            long block = in.varint();
            int length = in.small(8 << 20);
            in.small(length);
            for (int left = in.count(); left > 0; left--) {
                String moved = ids.get(in.small(ids.size() - 1L)) + in.varint();
                require(moves.put(moved, new Move(stream, block, length, in.signed())) == null, "a block moved twice");
            }
        }
        in.end();
    }

    /** Where a chunk lies for this snapshot. */
    Entry.Extent find(Entry.Extent chunk) {
        Move move = moves.get(chunk.stream() + chunk.block());
        if (move == null) {
            return chunk;
        }
        long offset = chunk.offset() + move.shift();
        require(offset >= 0 && offset + chunk.length() <= move.length(), "a chunk moved out of its block");
        return chunk.in(move.stream(), move.block(), move.length(), (int) offset);
    }

    /** The archive of a block. */
    Named archiveOf(String stream, long block) {
        return streams.getOrDefault(stream, List.of()).stream()
                .filter(range -> block >= range.first() && block - range.first() < range.blocks())
                .map(Range::archive)
                .findFirst()
                .orElseThrow(() -> new FormatException("no archive holds block " + block + " of stream " + stream));
    }
}
