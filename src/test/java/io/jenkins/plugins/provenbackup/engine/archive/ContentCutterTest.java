package io.jenkins.plugins.provenbackup.engine.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentCutterTest {

    private static final byte[] GEAR_KEY = Bytes.random(1, 32);
    private static final ChunkerParameters SMALL = new ChunkerParameters(4 << 10, 16 << 10, 100_000);
    private static final int WINDOW = 64 << 10;

    private static ContentCutter cutter(ChunkerParameters parameters) {
        return new ContentCutter(new Chunker(parameters, GEAR_KEY));
    }

    private record Cut(List<Long> lengths, byte[] joined) {}

    /** Lengths, those of holes negative, and the content put together again. */
    private static Cut cut(ContentCutter cutter, InputStream content) throws IOException {
        cutter.start(content);
        return drain(cutter);
    }

    private static Cut drain(ContentCutter cutter) throws IOException {
        List<Long> lengths = new ArrayList<>();
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (var piece = cutter.next(); piece.isPresent(); piece = cutter.next()) {
            if (piece.get() instanceof Piece.Chunk chunk) {
                lengths.add(chunk.length());
                joined.write(chunk.buffer(), chunk.offset(), chunk.size());
            } else {
                lengths.add(-piece.get().length());
                joined.write(new byte[(int) piece.get().length()]);
            }
        }
        return new Cut(lengths, joined.toByteArray());
    }

    /** Gives as few bytes at a time as it likes. */
    private static InputStream inBits(byte[] content, Random random) {
        return new ByteArrayInputStream(content) {
            @Override
            public int read(byte[] bytes, int offset, int length) {
                return super.read(bytes, offset, Math.min(length, 1 + random.nextInt(50_000)));
            }
        };
    }

    /** Runs of random bytes and of zeros, of lengths around all borders. */
    private static byte[] patchwork(Random random) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        int runs = random.nextInt(8);
        for (int i = 0; i < runs; i++) {
            byte[] run = new byte[random.nextInt(4 * WINDOW)];
            if (random.nextBoolean()) {
                run = new byte[WINDOW * random.nextInt(4) + random.nextInt(3)];
            }
            if (random.nextInt(3) > 0) {
                random.nextBytes(run);
            }
            content.writeBytes(run);
        }
        return content.toByteArray();
    }

    @Property(tries = 150)
    void cutsAsTheFormatSays(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        byte[] content = patchwork(random);

        Cut cut = cut(cutter(SMALL), inBits(content, random));

        assertThat(cut.joined()).isEqualTo(content);
        assertThat(cut.lengths()).isEqualTo(new PlainChunker(SMALL, GEAR_KEY).cut(content));
    }

    @Property(tries = 100)
    void aContentBelowTheMinimumIsOneChunk(@ForAll @IntRange(min = 1, max = 4 << 10) int length) throws IOException {
        byte[] content = Bytes.random(length, length);

        assertThat(cut(cutter(SMALL), new ByteArrayInputStream(content)).lengths())
                .containsExactly((long) length);
    }

    @Test
    void anEmptyContentHasNoPieces() throws IOException {
        assertThat(cut(cutter(SMALL), InputStream.nullInputStream()).lengths()).isEmpty();
    }

    @Test
    void aSmallFileKeepsItsHoles() throws IOException {
        byte[] content = Bytes.random(2, 200_000);
        Arrays.fill(content, WINDOW, 2 * WINDOW, (byte) 0);

        assertThat(cut(cutter(ChunkerParameters.DEFAULT), new ByteArrayInputStream(content))
                        .lengths())
                .containsExactly((long) WINDOW, (long) -WINDOW, 200_000L - 2 * WINDOW);
    }

    @Test
    void zerosThatFillNoWindowAreNoHole() throws IOException {
        byte[] content = Bytes.random(3, 3 * WINDOW);
        Arrays.fill(content, WINDOW + 1, 3 * WINDOW - 1, (byte) 0);

        assertThat(cut(cutter(ChunkerParameters.DEFAULT), new ByteArrayInputStream(content))
                        .lengths())
                .containsExactly(3L * WINDOW);
    }

    @Test
    void aSparseFileOfAnySizeIsOneHole() throws IOException {
        InputStream zeros = new InputStream() {
            private long rest = (1L << 32) + 5;

            @Override
            public int read() {
                return rest-- > 0 ? 0 : -1;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                int count = (int) Math.min(length, rest);
                Arrays.fill(bytes, offset, offset + count, (byte) 0);
                rest -= count;
                return count == 0 ? -1 : count;
            }
        };
        ContentCutter cutter = cutter(ChunkerParameters.DEFAULT);
        cutter.start(zeros);

        assertThat(cutter.next().orElseThrow()).isEqualTo(new Piece.Hole(1L << 32));
        assertThat(cutter.next().orElseThrow().length()).isEqualTo(5);
        assertThat(cutter.next()).isEmpty();
    }

    @Test
    void aByteInFrontChangesFewChunks() throws IOException {
        byte[] content = Bytes.random(4, 20 << 20);
        byte[] shifted = new byte[content.length + 1];
        System.arraycopy(content, 0, shifted, 1, content.length);

        Set<String> before = chunks(content);
        Set<String> after = chunks(shifted);

        assertThat(before).hasSizeGreaterThan(10);
        after.removeAll(before);
        assertThat(after).hasSizeLessThanOrEqualTo(3);
    }

    private static Set<String> chunks(byte[] content) throws IOException {
        ContentCutter cutter = cutter(ChunkerParameters.DEFAULT);
        cutter.start(new ByteArrayInputStream(content));
        Set<String> chunks = new HashSet<>();
        for (var piece = cutter.next(); piece.isPresent(); piece = cutter.next()) {
            Piece.Chunk chunk = (Piece.Chunk) piece.get();
            byte[] bytes = Arrays.copyOfRange(chunk.buffer(), chunk.offset(), chunk.offset() + chunk.size());
            chunks.add(io.jenkins.plugins.provenbackup.engine.storage.ObjectHash.ofContent(bytes)
                    .toString());
        }
        return chunks;
    }

    @Test
    void sizesKeepToTheirBoundsAndAverage() throws IOException {
        List<Long> lengths = cut(cutter(SMALL), new ByteArrayInputStream(Bytes.random(5, 8 << 20)))
                .lengths();

        List<Long> allButLast = lengths.subList(0, lengths.size() - 1);
        assertThat(allButLast).allMatch(length -> length > SMALL.minimum() && length <= SMALL.maximum());
        double average =
                allButLast.stream().mapToLong(Long::longValue).average().orElseThrow();
        assertThat(average).isBetween(0.8 * SMALL.average(), 1.5 * SMALL.average());
    }

    @Test
    void anotherGearKeyGivesOtherBoundaries() throws IOException {
        byte[] content = Bytes.random(6, 2 << 20);
        ContentCutter other = new ContentCutter(new Chunker(SMALL, Bytes.random(7, 32)));

        assertThat(cut(cutter(SMALL), new ByteArrayInputStream(content)).lengths())
                .isNotEqualTo(cut(other, new ByteArrayInputStream(content)).lengths());
    }

    @Test
    void oneCutterCutsManyFilesThroughChannels(@TempDir Path directory) throws IOException {
        ContentCutter cutter = cutter(SMALL);
        for (int i = 0; i < 20; i++) {
            byte[] content = patchwork(new Random(i));
            Path file = Files.write(directory.resolve("file" + i), content);
            try (FileChannel channel = FileChannel.open(file)) {
                cutter.start(channel);
                assertThat(drain(cutter).joined()).isEqualTo(content);
            }
        }
    }

    @Test
    void anInterruptEndsTheReading() {
        ContentCutter cutter = cutter(SMALL);
        cutter.start(new ByteArrayInputStream(Bytes.random(8, 1 << 20)));
        Thread.currentThread().interrupt();

        assertThatThrownBy(cutter::next).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void refusesSizesThatMakeNoSense() {
        assertThatThrownBy(() -> new ChunkerParameters(1 << 20, 1 << 20, 4 << 20))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ChunkerParameters(1 << 18, 1_000_000, 4 << 20))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ChunkerParameters(1 << 18, 1 << 20, 9 << 20))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ChunkerParameters(0, 1 << 20, 4 << 20))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
