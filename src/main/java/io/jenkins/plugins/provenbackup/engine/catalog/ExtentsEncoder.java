package io.jenkins.plugins.provenbackup.engine.catalog;

import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes the extents of one segment and gathers the streams that they name, in the order of their first use. */
final class ExtentsEncoder {

    static final int HOLE = 0;
    static final int CHUNK = 1;
    static final int CHUNK_OF_SAME_BLOCK = 2;

    private final Map<StreamId, Integer> streams = new LinkedHashMap<>();
    private Extent.ChunkRef previous;

    void write(Extent extent, FieldWriter out) {
        if (extent instanceof Extent.ChunkRef chunk) {
            writeChunk(chunk, out);
        } else {
            out.u8(HOLE).varint(extent.span());
        }
    }

    void writeStreams(FieldWriter out) {
        out.varint(streams.size());
        for (StreamId stream : streams.keySet()) {
            out.raw(stream.bytes());
        }
    }

    private void writeChunk(Extent.ChunkRef chunk, FieldWriter out) {
        if (previous != null && chunk.sharesBlockWith(previous)) {
            out.u8(CHUNK_OF_SAME_BLOCK);
        } else {
            Integer known = streams.putIfAbsent(chunk.stream(), streams.size());
            out.u8(CHUNK).varint(known == null ? streams.size() - 1 : known);
            out.varint(chunk.block()).varint(chunk.blockLength());
        }
        out.varint(chunk.offset()).varint(chunk.length());
        out.u64(chunk.id().high()).u64(chunk.id().low());
        previous = chunk;
    }
}
