package io.jenkins.plugins.provenbackup.engine.repository;

import io.jenkins.plugins.provenbackup.engine.archive.BlockRange;
import io.jenkins.plugins.provenbackup.engine.catalog.FieldReader;
import io.jenkins.plugins.provenbackup.engine.catalog.FieldWriter;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which archive holds which blocks.
 *
 * @param archives in the order of the header that names them
 */
public record ArchiveTable(List<Row> archives) {

    /**
     * One archive.
     *
     * @param archive its hash and size
     * @param ranges the blocks in it
     */
    public record Row(ObjectRef archive, List<BlockRange> ranges) {
        public Row {
            ranges = List.copyOf(ranges);
        }
    }

    public ArchiveTable {
        archives = List.copyOf(archives);
    }

    List<ObjectRef> refs() {
        return archives.stream().map(Row::archive).toList();
    }

    /** Writes streams and ranges; the archives themselves stand in the object's header. */
    void write(FieldWriter out, StreamNumbers streams) {
        for (Row row : archives) {
            out.varint(row.ranges().size());
            for (BlockRange range : row.ranges()) {
                out.varint(streams.of(range.stream()));
                out.varint(range.first());
                out.varint(range.count());
            }
        }
    }

    static ArchiveTable read(FieldReader in, List<ObjectRef> refs, List<StreamId> streams) throws IOException {
        List<Row> rows = new ArrayList<>(refs.size());
        for (ObjectRef ref : refs) {
            int count = in.count("number of block ranges", 3, Integer.MAX_VALUE);
            List<BlockRange> ranges = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                StreamId stream = streams.get(in.index("stream", streams.size()));
                ranges.add(new BlockRange(stream, in.varint("first block"), in.varint("number of blocks")));
            }
            rows.add(new Row(ref, ranges));
        }
        return new ArchiveTable(rows);
    }

    StreamNumbers streams() {
        StreamNumbers numbers = new StreamNumbers();
        archives.forEach(row -> row.ranges().forEach(range -> numbers.of(range.stream())));
        return numbers;
    }

    /** Numbers streams in the order in which they are first met. */
    static final class StreamNumbers {

        private final Map<StreamId, Integer> numbers = new LinkedHashMap<>();

        int of(StreamId stream) {
            return numbers.computeIfAbsent(stream, key -> numbers.size());
        }

        void write(FieldWriter out) {
            out.varint(numbers.size());
            numbers.keySet().forEach(stream -> out.raw(stream.bytes()));
        }

        static List<StreamId> read(FieldReader in) throws IOException {
            int count = in.count("number of streams", 16, Integer.MAX_VALUE);
            List<StreamId> streams = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                streams.add(StreamId.of(in.raw(16, "stream id")));
            }
            return streams;
        }
    }
}
