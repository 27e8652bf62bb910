package io.jenkins.plugins.provenbackup.engine.transfer;

import io.jenkins.plugins.provenbackup.engine.archive.ChunkId;
import io.jenkins.plugins.provenbackup.engine.catalog.Extent.ChunkRef;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where each known chunk lies: an open-addressing table of 32 bytes a chunk, outside the heap up to a budget, beyond it in a
 * mapped temporary file that is deleted at once. For one thread.
 */
public final class ChunkIndex implements AutoCloseable {

    /** Bytes of one row: id 16, stream 2, block 4, block length 3, offset 3, length 3, in use 1. */
    private static final int ROW = 32;

    private static final int FIRST_ROWS = 1 << 12;
    private static final int MOST_STREAMS = 1 << 16;
    private static final long MOST_ROWS = 1L << 25;

    private final long budget;
    private final List<StreamId> streams = new ArrayList<>();
    private final Map<StreamId, Integer> streamNumbers = new HashMap<>();
    private ByteBuffer table = ByteBuffer.allocateDirect(FIRST_ROWS * ROW);
    private long rows = FIRST_ROWS;
    private long used;

    /**
     * An empty index.
     *
     * @param budget bytes of memory; what does not fit goes to a temporary file
     */
    public ChunkIndex(long budget) {
        this.budget = budget;
    }

    /** Number of chunks in it. */
    long size() {
        return used;
    }

    /** Notes a chunk, unless its id is known already. */
    public void add(ChunkRef chunk) {
        if (used * 10 >= rows * 7 && !grow()) {
            // Full: what is not indexed is stored again, which costs space and nothing else.
            return;
        }
        Integer stream = stream(chunk.stream());
        if (stream == null || chunk.block() > Integer.MAX_VALUE) {
            return;
        }
        int at = slot(chunk.id());
        if (table.get(at + 31) != 0) {
            return;
        }
        table.putLong(at, chunk.id().high());
        table.putLong(at + 8, chunk.id().low());
        table.putShort(at + 16, stream.shortValue());
        table.putInt(at + 18, (int) chunk.block());
        putMedium(at + 22, chunk.blockLength());
        putMedium(at + 25, chunk.offset());
        putMedium(at + 28, chunk.length());
        table.put(at + 31, (byte) 1);
        used++;
    }

    /** Where the chunk lies, when it is known. */
    public Optional<ChunkRef> find(ChunkId id) {
        int at = slot(id);
        if (table.get(at + 31) == 0) {
            return Optional.empty();
        }
        return Optional.of(new ChunkRef(
                id,
                streams.get(table.getShort(at + 16) & 0xffff),
                table.getInt(at + 18),
                medium(at + 22),
                medium(at + 25),
                medium(at + 28)));
    }

    private Integer stream(StreamId id) {
        Integer known = streamNumbers.get(id);
        if (known == null && streams.size() < MOST_STREAMS) {
            known = streams.size();
            streams.add(id);
            streamNumbers.put(id, known);
        }
        return known;
    }

    /** Byte position of the id's row, or of the free row where it belongs. */
    private int slot(ChunkId id) {
        long row = id.high() & (rows - 1);
        while (true) {
            int at = (int) (row * ROW);
            if (table.get(at + 31) == 0 || (table.getLong(at) == id.high() && table.getLong(at + 8) == id.low())) {
                return at;
            }
            row = (row + 1) & (rows - 1);
        }
    }

    private boolean grow() {
        if (rows * 2 > MOST_ROWS) {
            return false;
        }
        ByteBuffer old = table;
        long oldRows = rows;
        table = allocate(oldRows * 2 * ROW);
        rows = oldRows * 2;
        byte[] row = new byte[ROW];
        for (long i = 0; i < oldRows; i++) {
            int from = (int) (i * ROW);
            if (old.get(from + 31) != 0) {
                old.get(from, row);
                int at = slot(new ChunkId(old.getLong(from), old.getLong(from + 8)));
                table.put(at, row);
            }
        }
        return true;
    }

    private ByteBuffer allocate(long bytes) {
        if (bytes <= budget) {
            return ByteBuffer.allocateDirect((int) bytes);
        }
        try {
            Path file = Files.createTempFile("proven-backup-index", ".tmp");
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
                return channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The chunk index needs " + (bytes >> 20) + " MiB in the temporary directory: " + e.getMessage(), e);
        }
    }

    private void putMedium(int at, int value) {
        table.put(at, (byte) (value >> 16));
        table.putShort(at + 1, (short) value);
    }

    private int medium(int at) {
        return (table.get(at) & 0xff) << 16 | table.getShort(at + 1) & 0xffff;
    }

    @Override
    public void close() {
        table = ByteBuffer.allocate(0);
    }
}
