package io.jenkins.plugins.provenbackup.engine.archive;

import io.jenkins.plugins.provenbackup.engine.crypto.BlockCipher;
import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Says where in an archive the headers and blocks of its streams lie.
 *
 * @param streams in the order in which the index lists them
 */
public record ArchiveIndex(List<StreamEntry> streams) {

    /** Longest index, in bytes. */
    static final int LIMIT = 1 << 20;

    /** Bytes before the first stream header: the magic. */
    static final int START = 4;

    /** Shortest and longest sealed block, in bytes. */
    private static final int SHORTEST_BLOCK = Packed.HEADER + BlockCipher.OVERHEAD;

    private static final int LONGEST_BLOCK = Codec.bound(Packed.BLOCK_LIMIT) + BlockCipher.OVERHEAD;

    /** The lists are copied. */
    public ArchiveIndex {
        streams = List.copyOf(streams);
    }

    /**
     * A stream's part of an archive.
     *
     * @param headerOffset where the stream's header begins
     * @param blocks in the order in which the index lists them
     */
    public record StreamEntry(long headerOffset, List<BlockEntry> blocks) {

        /** The list is copied. */
        public StreamEntry {
            blocks = List.copyOf(blocks);
        }
    }

    /**
     * A sealed block.
     *
     * @param number in its stream, 0 to 2^31 - 1
     * @param offset of its first byte in the archive
     * @param length in bytes
     */
    public record BlockEntry(long number, long offset, int length) {

        long end() {
            return offset + length;
        }
    }

    byte[] encode() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Varint.write(out, streams.size());
        for (StreamEntry stream : streams) {
            Varint.write(out, stream.headerOffset());
            Varint.write(out, stream.blocks().size());
            for (BlockEntry block : stream.blocks()) {
                Varint.write(out, block.number());
                Varint.write(out, block.offset());
                Varint.write(out, block.length());
            }
        }
        return out.toByteArray();
    }

    /**
     * Parses an index.
     *
     * @param encoded exactly the index
     * @param end where in the archive the index begins, so that everything it names ends there or before
     * @throws DamagedException when it is no index, or names bytes outside the archive
     */
    static ArchiveIndex parse(byte[] encoded, long end) throws DamagedException {
        ByteBuffer in = ByteBuffer.wrap(encoded);
        long count = count(in, 2);
        List<StreamEntry> streams = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            streams.add(parseStream(in, end));
        }
        if (in.hasRemaining()) {
            throw damaged(in.remaining() + " bytes follow its end");
        }
        return new ArchiveIndex(streams);
    }

    private static StreamEntry parseStream(ByteBuffer in, long end) throws DamagedException {
        long header = Varint.read(in);
        requireInside(header, StreamKey.HEADER_LENGTH, end, "a stream header");
        long count = count(in, 3);
        List<BlockEntry> blocks = new ArrayList<>();
        Set<Long> numbers = new HashSet<>();
        for (long i = 0; i < count; i++) {
            BlockEntry block = parseBlock(in, end);
            if (!numbers.add(block.number())) {
                throw damaged("it lists block " + block.number() + " of a stream twice");
            }
            blocks.add(block);
        }
        return new StreamEntry(header, blocks);
    }

    private static BlockEntry parseBlock(ByteBuffer in, long end) throws DamagedException {
        long number = Varint.read(in);
        long offset = Varint.read(in);
        long length = Varint.read(in);
        if (number > Integer.MAX_VALUE) {
            throw damaged("there is no block number " + number);
        }
        if (length < SHORTEST_BLOCK || length > LONGEST_BLOCK) {
            throw damaged("block " + number + " cannot have " + length + " bytes");
        }
        requireInside(offset, length, end, "block " + number);
        return new BlockEntry(number, offset, (int) length);
    }

    /** A count of things of which each takes some bytes at least. */
    private static long count(ByteBuffer in, int leastBytes) throws DamagedException {
        long count = Varint.read(in);
        if (count > in.remaining() / leastBytes) {
            throw damaged("it states more entries than it has room for");
        }
        return count;
    }

    private static void requireInside(long offset, long length, long end, String what) throws DamagedException {
        if (offset < START || offset > end - length) {
            throw damaged(what + " lies outside the archive");
        }
    }

    static DamagedException damaged(String detail) {
        return new DamagedException("The index of an archive is damaged: " + detail
                + ". Read the archive from another destination, or let verify --repair copy an intact one here.");
    }
}
