package io.jenkins.plugins.provenbackup.engine.catalog;

import io.jenkins.plugins.provenbackup.engine.archive.ChunkId;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import java.util.ArrayList;
import java.util.List;

/** Reads the extents of one segment. */
final class ExtentsDecoder {

    /** A hole of less than 128 bytes. */
    private static final int LEAST_EXTENT = 2;

    private final FieldReader in;
    private final List<StreamId> streams = new ArrayList<>();
    private Extent.ChunkRef previous;

    /** Reads the table of streams. */
    ExtentsDecoder(FieldReader in) throws MalformedException {
        this.in = in;
        int count = in.count("the number of streams", StreamIds.LENGTH, Integer.MAX_VALUE);
        for (int i = 0; i < count; i++) {
            streams.add(StreamId.of(in.raw(StreamIds.LENGTH, "a stream id")));
        }
    }

    List<Extent> read(int max) throws MalformedException {
        int count = in.count("the number of extents", LEAST_EXTENT, max);
        List<Extent> extents = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            extents.add(readOne());
        }
        return extents;
    }

    private Extent readOne() throws MalformedException {
        int form = in.u8("the kind of an extent");
        switch (form) {
            case ExtentsEncoder.HOLE -> {
                long length = in.varint("the length of a hole");
                if (length == 0) {
                    throw in.malformed("a hole is empty");
                }
                return new Extent.Hole(length);
            }
            case ExtentsEncoder.CHUNK -> {
                StreamId stream = streams.get(in.index("the stream of a chunk", streams.size()));
                long block = in.varint("the block of a chunk");
                int blockLength = (int) in.varint("the length of a block", Extent.ChunkRef.MAX_BLOCK);
                return chunk(stream, block, blockLength);
            }
            case ExtentsEncoder.CHUNK_OF_SAME_BLOCK -> {
                if (previous == null) {
                    throw in.malformed("the first chunk claims the block of one before it");
                }
                return chunk(previous.stream(), previous.block(), previous.blockLength());
            }
            default -> throw in.malformed(form + " is no kind of extent");
        }
    }

    private Extent.ChunkRef chunk(StreamId stream, long block, int blockLength) throws MalformedException {
        int offset = (int) in.varint("the offset of a chunk", blockLength);
        int length = (int) in.varint("the length of a chunk", blockLength - offset);
        if (length == 0) {
            throw in.malformed("a chunk is empty");
        }
        ChunkId id = new ChunkId(in.u64("a chunk id"), in.u64("a chunk id"));
        previous = new Extent.ChunkRef(id, stream, block, blockLength, offset, length);
        return previous;
    }

    /** What the format says of stream ids. */
    private static final class StreamIds {
        static final int LENGTH = 16;
    }
}
