package io.jenkins.plugins.provenbackup.engine.archive;

import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.LongPredicate;

/**
 * Takes stream headers and sealed blocks out of an archive with few reads: one, rarely two, for the index, one for each
 * stream's header, and one for neighbouring blocks together. Needs no key. For one thread at a time.
 */
public final class ArchiveReader {

    /** Longest archive that is read, in bytes. */
    static final long LIMIT = 1 << 30;

    private static final int TAIL_GUESS = 8 << 10;
    private static final int MOST_PER_READ = 4 << 20;
    /** Reading so many bytes in vain is cheaper than another request. */
    private static final int LARGEST_GAP = 64 << 10;

    /** Takes blocks one after the other. */
    @FunctionalInterface
    public interface BlockConsumer {

        /** Takes a block; its bytes share an array with its neighbours. */
        void accept(SealedBlock block) throws IOException;
    }

    private record Part(byte[] header, ArchiveIndex.StreamEntry entry) {}

    private final ArchiveBytes archive;
    private final ArchiveIndex index;
    private Optional<Map<StreamId, Part>> parts = Optional.empty();

    private ArchiveReader(ArchiveBytes archive, ArchiveIndex index) {
        this.archive = archive;
        this.index = index;
    }

    /**
     * Reads the index.
     *
     * @throws DamagedException when this is no archive, or it was cut short
     */
    public static ArchiveReader open(ArchiveBytes archive) throws IOException {
        long size = archive.size();
        if (size < ArchiveIndex.START + 1 + ArchiveBuilder.FOOTER || size > LIMIT) {
            throw damaged("it has " + size + " bytes");
        }
        byte[] tail = read(archive, Math.max(0, size - TAIL_GUESS), (int) Math.min(size, TAIL_GUESS));
        int footer = tail.length - ArchiveBuilder.FOOTER;
        int end = ArchiveBuilder.END.length;
        if (!Arrays.equals(tail, tail.length - end, tail.length, ArchiveBuilder.END, 0, end)) {
            throw damaged("it does not end as an archive does");
        }
        int length = ByteBuffer.wrap(tail).getInt(footer);
        long start = size - ArchiveBuilder.FOOTER - Integer.toUnsignedLong(length);
        if (length < 1 || length > ArchiveIndex.LIMIT || start < ArchiveIndex.START) {
            throw damaged("its index cannot have " + Integer.toUnsignedLong(length) + " bytes");
        }
        byte[] encoded =
                length <= footer ? Arrays.copyOfRange(tail, footer - length, footer) : read(archive, start, length);
        return new ArchiveReader(archive, ArchiveIndex.parse(encoded, start));
    }

    /** What lies where. */
    public ArchiveIndex index() {
        return index;
    }

    /** The streams of which the archive holds blocks; the first call reads their headers. */
    public Set<StreamId> streams() throws IOException {
        return parts().keySet();
    }

    /**
     * A copy of a stream's header.
     *
     * @throws DamagedException when the archive has no such stream
     */
    public byte[] streamHeader(StreamId stream) throws IOException {
        return part(stream).header().clone();
    }

    /**
     * Reads neighbouring blocks, in the order of their numbers. All of them are in memory then, so ask for few.
     *
     * @param last number of the last block, which is read too
     * @throws DamagedException when the archive lacks one of them
     */
    public List<SealedBlock> read(StreamId stream, long first, long last) throws IOException {
        return read(stream, first, last, byte[]::new);
    }

    private List<SealedBlock> read(StreamId stream, long first, long last, IntFunction<byte[]> room)
            throws IOException {
        List<SealedBlock> blocks = new ArrayList<>();
        read(stream, number -> number >= first && number <= last, room, blocks::add);
        if (blocks.size() != last - first + 1) {
            throw damaged("it lacks some of the blocks " + first + " to " + last + " of stream " + stream);
        }
        blocks.sort(Comparator.comparingLong(SealedBlock::number));
        return blocks;
    }

    /**
     * Reads a block and, in the same request, blocks that follow it, in the order of their numbers.
     *
     * @param mostBytes after so many bytes no further block is read
     * @param room gives arrays of at least so many bytes, which may have been used before, for the blocks to share
     * @throws DamagedException when the archive lacks the first
     */
    public List<SealedBlock> readFrom(StreamId stream, long first, int mostBytes, IntFunction<byte[]> room)
            throws IOException {
        long bytes = 0;
        long last = first;
        List<ArchiveIndex.BlockEntry> following = part(stream).entry().blocks().stream()
                .filter(block -> block.number() >= first)
                .sorted(Comparator.comparingLong(ArchiveIndex.BlockEntry::number))
                .toList();
        for (ArchiveIndex.BlockEntry block : following) {
            if (block.number() != first && (block.number() != last + 1 || bytes + block.length() > mostBytes)) {
                break;
            }
            bytes += block.length();
            last = block.number();
        }
        return read(stream, first, last, room);
    }

    /**
     * Reads the wanted blocks of a stream in the order in which they lie in the archive, with at most some MiB in memory.
     *
     * @param wanted says for a number whether the block is wanted
     */
    public void read(StreamId stream, LongPredicate wanted, BlockConsumer consumer) throws IOException {
        read(stream, wanted, byte[]::new, consumer);
    }

    private void read(StreamId stream, LongPredicate wanted, IntFunction<byte[]> room, BlockConsumer consumer)
            throws IOException {
        List<ArchiveIndex.BlockEntry> chosen = part(stream).entry().blocks().stream()
                .filter(block -> wanted.test(block.number()))
                .sorted(Comparator.comparingLong(ArchiveIndex.BlockEntry::offset))
                .toList();
        int next = 0;
        while (next < chosen.size()) {
            int first = next;
            long start = chosen.get(first).offset();
            long end = chosen.get(first).end();
            for (next++; next < chosen.size() && joins(chosen.get(next), start, end); next++) {
                end = Math.max(end, chosen.get(next).end());
            }
            int length = (int) (end - start);
            byte[] bytes = room.apply(length);
            requireAll(archive.read(start, length, bytes), start, length);
            for (ArchiveIndex.BlockEntry block : chosen.subList(first, next)) {
                int offset = (int) (block.offset() - start);
                consumer.accept(new SealedBlock(stream, block.number(), bytes, offset, block.length()));
            }
        }
    }

    private static boolean joins(ArchiveIndex.BlockEntry block, long start, long end) {
        return block.offset() - end <= LARGEST_GAP && block.end() - start <= MOST_PER_READ;
    }

    private Part part(StreamId stream) throws IOException {
        Part part = parts().get(stream);
        if (part == null) {
            throw damaged("it lacks stream " + stream);
        }
        return part;
    }

    private Map<StreamId, Part> parts() throws IOException {
        if (parts.isEmpty()) {
            Map<StreamId, Part> found = new LinkedHashMap<>();
            for (ArchiveIndex.StreamEntry entry : index.streams()) {
                byte[] header = read(archive, entry.headerOffset(), StreamKey.HEADER_LENGTH);
                if (found.put(StreamKey.idOf(header), new Part(header, entry)) != null) {
                    throw damaged("its index lists a stream twice");
                }
            }
            parts = Optional.of(found);
        }
        return parts.get();
    }

    private static byte[] read(ArchiveBytes archive, long offset, int length) throws IOException {
        byte[] bytes = archive.read(offset, length);
        requireAll(bytes.length, offset, length);
        return bytes;
    }

    private static void requireAll(int count, long offset, int length) throws DamagedException {
        if (count != length) {
            throw damaged("only " + count + " of " + length + " bytes came from offset " + offset);
        }
    }

    private static DamagedException damaged(String detail) {
        return new DamagedException("An archive is damaged: " + detail
                + ". Read it from another destination, or let verify --repair copy an intact one here.");
    }
}
