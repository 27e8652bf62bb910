package io.jenkins.plugins.provenbackup.engine.archive;

import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes one archive into a spool and hashes it on the way. For one thread at a time. */
final class ArchiveBuilder {

    static final byte[] MAGIC = "PBA1".getBytes(StandardCharsets.US_ASCII);
    static final byte[] END = "PBAE".getBytes(StandardCharsets.US_ASCII);

    /** Bytes after the index. */
    static final int FOOTER = Integer.BYTES + END.length;

    private static final int MOST_PER_STREAM = 2 * Varint.SHORT;
    private static final int MOST_PER_BLOCK = 3 * Varint.SHORT;

    private record Part(long headerOffset, List<ArchiveIndex.BlockEntry> blocks) {}

    private final Spool spool;
    private final long limit;
    private final MessageDigest digest = ObjectHash.newDigest();
    private final Map<StreamId, Part> parts = new LinkedHashMap<>();
    /** Most bytes that the index may have by now. */
    private int indexBound = Varint.SHORT;

    private ArchiveBuilder(Spool spool, long limit) {
        this.spool = spool;
        this.limit = limit;
    }

    /**
     * Begins an archive.
     *
     * @param target bytes up to which it is filled
     * @param first the block that it begins with, which it takes whatever its length
     */
    static ArchiveBuilder begin(SpoolPool pool, long target, StreamHeader header, SealedBlock first)
            throws IOException {
        long least = (long) MAGIC.length
                + header.bytes().length
                + first.length()
                + Varint.SHORT
                + MOST_PER_STREAM
                + MOST_PER_BLOCK
                + FOOTER;
        long limit = Math.max(target, least);
        ArchiveBuilder builder = new ArchiveBuilder(pool.acquire(limit), limit);
        try {
            builder.write(MAGIC, 0, MAGIC.length);
        } catch (IOException | RuntimeException | Error e) {
            builder.release();
            throw e;
        }
        return builder;
    }

    /** Whether the block fits in beside what is there. */
    boolean hasRoomFor(StreamHeader header, SealedBlock block) {
        boolean known = parts.containsKey(header.id());
        int index = indexBound + MOST_PER_BLOCK + (known ? 0 : MOST_PER_STREAM);
        long size = spool.size() + (known ? 0 : header.bytes().length) + block.length() + index + FOOTER;
        return size <= limit && index <= ArchiveIndex.LIMIT;
    }

    void append(StreamHeader header, SealedBlock block) throws IOException {
        Part part = parts.get(header.id());
        if (part == null) {
            part = new Part(spool.size(), new ArrayList<>());
            parts.put(header.id(), part);
            indexBound += MOST_PER_STREAM;
            write(header.bytes(), 0, header.bytes().length);
        }
        part.blocks().add(new ArchiveIndex.BlockEntry(block.number(), spool.size(), block.length()));
        indexBound += MOST_PER_BLOCK;
        write(block.bytes(), block.offset(), block.length());
    }

    private void write(byte[] bytes, int offset, int length) throws IOException {
        spool.append(bytes, offset, length);
        digest.update(bytes, offset, length);
    }

    /** Ends the archive, which owns the spool from now on. */
    FinishedArchive finish() throws IOException {
        List<ArchiveIndex.StreamEntry> streams = new ArrayList<>();
        parts.values().forEach(part -> streams.add(new ArchiveIndex.StreamEntry(part.headerOffset(), part.blocks())));
        byte[] index = new ArchiveIndex(streams).encode();
        byte[] footer =
                ByteBuffer.allocate(FOOTER).putInt(index.length).put(END).array();
        write(index, 0, index.length);
        write(footer, 0, footer.length);
        return new FinishedArchive(ObjectHash.of(digest.digest()), ranges(), spool);
    }

    private List<BlockRange> ranges() {
        List<BlockRange> ranges = new ArrayList<>();
        parts.forEach((stream, part) -> {
            long[] numbers = part.blocks().stream()
                    .mapToLong(ArchiveIndex.BlockEntry::number)
                    .sorted()
                    .toArray();
            int first = 0;
            for (int i = 1; i <= numbers.length; i++) {
                if (i == numbers.length || numbers[i] != numbers[i - 1] + 1) {
                    ranges.add(new BlockRange(stream, numbers[first], i - first));
                    first = i;
                }
            }
        });
        return ranges;
    }

    /** Drops what was written. */
    void release() {
        spool.release();
    }
}
