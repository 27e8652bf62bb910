package io.jenkins.plugins.provenbackup.format.reader;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Section 8: one file, directory or symbolic link. */
record Entry(
        byte[] path,
        int type,
        int mode,
        long uid,
        long gid,
        Instant mtime,
        long linkGroup,
        Map<String, byte[]> attributes,
        long size,
        List<Extent> extents,
        byte[] target) {

    static final int FILE = 1;
    static final int DIRECTORY = 2;
    static final int LINK = 3;

    /** A hole (without a chunk id), or a chunk in a block of a stream. */
    record Extent(String stream, long block, int blockLength, int offset, long length, byte[] chunkId) {

        boolean isHole() {
            return chunkId.length == 0;
        }

        /** The same chunk in another block. */
        Extent in(String otherStream, long otherBlock, int otherLength, int otherOffset) {
            return new Extent(otherStream, otherBlock, otherLength, otherOffset, length, chunkId);
        }

        /** Reads {@code extents}. */
        static List<Extent> read(Fields in, List<String> streams, ChunkBefore before) {
            List<Extent> extents = new ArrayList<>();
            for (int left = in.count(); left > 0; left--) {
                int form = in.u8();
                Fields.require(form <= 2, "an unknown extent");
                if (form == 0) {
                    extents.add(new Extent("", 0, 0, 0, in.varint(), new byte[0]));
                    continue;
                }
                String stream = form == 2 ? before.get().stream : streams.get(in.small(streams.size() - 1L));
                long block = form == 2 ? before.get().block : in.varint();
                int blockLength = form == 2 ? before.get().blockLength : in.small(8 << 20);
                Extent chunk = new Extent(
                        stream, block, blockLength, in.small(blockLength), in.small(blockLength), in.raw(16));
                Fields.require(chunk.offset + chunk.length <= blockLength, "a chunk beyond its block");
                extents.add(chunk);
                before.chunk = chunk;
            }
            return extents;
        }
    }

    /** The chunk that form 2 of an extent refers to; one for each segment. */
    static final class ChunkBefore {

        private Extent chunk;

        private Extent get() {
            Fields.require(chunk != null, "the first chunk of a segment refers to one before it");
            return chunk;
        }
    }
}
