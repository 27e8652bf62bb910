package io.jenkins.plugins.provenbackup.engine.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StreamWriterTest {

    private static final BlockParameters PARAMETERS = new BlockParameters(20_000, 8_000, 64 << 10, 4);

    private final TestStream streams = new TestStream();
    private final Codec codec = new Codec(Codec.DEFAULT_LEVEL, reason -> {});
    private final ExecutorService workers = Executors.newFixedThreadPool(3);
    private final CollectingSink sink = new CollectingSink();

    @TempDir
    private Path directory;

    @AfterEach
    void closeAll() throws InterruptedException {
        workers.shutdownNow();
        assertThat(workers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        codec.close();
        streams.close();
    }

    private StreamWriter writer(StreamKey key, ArchiveSink itsSink, SpoolPool pool) {
        return new StreamWriter(key, PARAMETERS, codec, workers, itsSink, pool);
    }

    private SpoolPool pool() {
        return SpoolPool.of(PARAMETERS, directory);
    }

    /** Chunks of many lengths, half of them compressible. */
    private static List<byte[]> chunks(int count) {
        Random random = new Random(count);
        List<byte[]> chunks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int length = 1 + (random.nextInt(10) == 0 ? random.nextInt(100_000) : random.nextInt(3_000));
            chunks.add(i % 2 == 0 ? Bytes.random(i, length) : Bytes.words(i, length));
        }
        return chunks;
    }

    private static List<ChunkPlace> addAll(StreamWriter writer, List<byte[]> chunks) throws Exception {
        List<ChunkPlace> places = new ArrayList<>();
        for (byte[] chunk : chunks) {
            byte[] framed = new byte[chunk.length + 7];
            System.arraycopy(chunk, 0, framed, 5, chunk.length);
            places.add(writer.add(framed, 5, chunk.length));
            Arrays.fill(framed, (byte) 0);
        }
        return places;
    }

    /** All blocks of all archives by number, after checking each archive against its name and its ranges. */
    private Map<Long, byte[]> readBack(List<CollectingSink.Kept> archives) throws IOException {
        Map<Long, byte[]> blocks = new HashMap<>();
        for (CollectingSink.Kept kept : archives) {
            assertThat(ObjectHash.ofContent(kept.bytes())).isEqualTo(kept.hash());
            ArchiveReader reader = ArchiveReader.open(ArchiveBytes.of(kept.bytes()));
            for (BlockRange range : kept.ranges()) {
                try (StreamKey key = streams.open(reader.streamHeader(range.stream()));
                        BlockReader blockReader = new BlockReader(key, codec)) {
                    long last = range.first() + range.count() - 1;
                    for (SealedBlock block : reader.read(range.stream(), range.first(), last)) {
                        assertThat(blocks.put(block.number(), blockReader.read(block)))
                                .isNull();
                    }
                }
            }
        }
        return blocks;
    }

    private static void assertAllThere(List<byte[]> chunks, List<ChunkPlace> places, Map<Long, byte[]> blocks) {
        for (int i = 0; i < chunks.size(); i++) {
            ChunkPlace place = places.get(i);
            byte[] block = blocks.get(place.block().number());
            assertThat(block).hasSize(place.block().plainLength());
            assertThat(Arrays.copyOfRange(block, place.offset(), place.offset() + place.length()))
                    .isEqualTo(chunks.get(i));
        }
    }

    @Test
    void everyChunkIsWhereItsPlaceSays() throws Exception {
        List<byte[]> chunks = chunks(1_500);
        List<ChunkPlace> places;
        try (StreamKey key = streams.begin();
                SpoolPool pool = pool();
                StreamWriter writer = writer(key, sink, pool)) {
            places = addAll(writer, chunks);
            writer.finish();
        }
        assertAllThere(chunks, places, readBack(sink.kept()));
        assertThat(sink.kept()).hasSizeGreaterThan(5);
    }

    @Test
    void blocksGoToArchivesInTheOrderOfTheirNumbers() throws Exception {
        try (StreamKey key = streams.begin();
                SpoolPool pool = pool();
                StreamWriter writer = writer(key, sink, pool)) {
            addAll(writer, chunks(1_000));
            writer.finish();
        }
        long next = 0;
        for (CollectingSink.Kept kept : sink.kept()) {
            assertThat(kept.ranges()).hasSize(1);
            assertThat(kept.ranges().get(0).first()).isEqualTo(next);
            next += kept.ranges().get(0).count();
            List<ArchiveIndex.BlockEntry> entries = ArchiveReader.open(ArchiveBytes.of(kept.bytes()))
                    .index()
                    .streams()
                    .get(0)
                    .blocks();
            for (int i = 1; i < entries.size(); i++) {
                assertThat(entries.get(i).offset()).isEqualTo(entries.get(i - 1).end());
                assertThat(entries.get(i).number()).isEqualTo(entries.get(i - 1).number() + 1);
            }
        }
        assertThat(next).isGreaterThan(20);
    }

    @Test
    void archivesStayBelowTheirTargetUnlessOneBlockIsLarger() throws Exception {
        try (StreamKey key = streams.begin();
                SpoolPool pool = pool();
                StreamWriter writer = writer(key, sink, pool)) {
            addAll(writer, chunks(800));
            writer.add(Bytes.random(1, 200_000), 0, 200_000);
            writer.add(Bytes.random(2, 30_000), 0, 30_000);
            writer.finish();
        }
        List<CollectingSink.Kept> large = sink.kept().stream()
                .filter(kept -> kept.bytes().length > PARAMETERS.archive())
                .toList();
        assertThat(large).isNotEmpty();
        assertThat(large).allMatch(kept -> kept.ranges().get(0).count() == 1);
    }

    @Test
    void smallChunksShareABlockAndALargeOneIsAlone() throws Exception {
        try (StreamKey key = streams.begin();
                SpoolPool pool = pool();
                StreamWriter writer = writer(key, sink, pool)) {
            ChunkPlace first = writer.add(new byte[100], 0, 100);
            ChunkPlace large = writer.add(new byte[9_000], 0, 9_000);
            ChunkPlace second = writer.add(new byte[100], 0, 100);

            assertThat(second.block()).isSameAs(first.block());
            assertThat(second.offset()).isEqualTo(100);
            assertThat(large.block().isClosed()).isTrue();
            assertThat(large.block().plainLength()).isEqualTo(9_000);
            assertThat(first.block().isClosed()).isFalse();
            assertThatThrownBy(first.block()::number).isInstanceOf(IllegalStateException.class);

            writer.closeBlock();
            assertThat(first.block().plainLength()).isEqualTo(200);
            assertThat(first.block().number()).isNotEqualTo(large.block().number());
            writer.finish();
        }
    }

    @Test
    void aBlockOfSmallChunksWaitsForNoMoreThanAnArchiveOfLargeOnes() throws Exception {
        try (StreamKey key = streams.begin();
                SpoolPool pool = pool();
                StreamWriter writer = writer(key, sink, pool)) {
            ChunkPlace small = writer.add(new byte[100], 0, 100);
            for (int written = 0; written < PARAMETERS.archive(); written += 10_000) {
                assertThat(small.block().isClosed()).isFalse();
                writer.add(new byte[10_000], 0, 10_000);
            }
            assertThat(small.block().isClosed()).isTrue();
            writer.finish();
        }
    }

    @Test
    void aFinishedArchiveIsWithTheSinkWhileTheWriterGoesOn() throws Exception {
        try (StreamKey key = streams.begin();
                SpoolPool pool = pool();
                StreamWriter writer = writer(key, sink, pool)) {
            writer.add(new byte[100], 0, 100);
            writer.finish();
            assertThat(sink.kept()).hasSize(1);
            ChunkPlace later = writer.add(new byte[200], 0, 200);
            writer.finish();
            assertThat(later.block().number()).isEqualTo(1);
            assertThat(sink.kept()).hasSize(2);
        }
        assertThat(readBack(sink.kept())).hasSize(2);
    }

    @Test
    void aWriterWithoutChunksMakesNoArchive() throws Exception {
        try (StreamKey key = streams.begin();
                SpoolPool pool = pool();
                StreamWriter writer = writer(key, sink, pool)) {
            writer.finishArchive();
            writer.finish();
        }
        assertThat(sink.kept()).isEmpty();
    }

    @Test
    void memoryStaysBounded() throws Exception {
        try (StreamKey key = streams.begin();
                SpoolPool pool = pool();
                StreamWriter writer = writer(key, sink, pool)) {
            addAll(writer, chunks(2_000));
            writer.finish();
            assertThat(writer.buffersMade()).isBetween(1, PARAMETERS.inFlight());
            assertThat(pool.buffers()).isBetween(1, 4);
        }
    }

    @Test
    void aSlowSinkHoldsTheWriterBackInsteadOfFillingMemory() throws Exception {
        CountDownLatch hold = new CountDownLatch(1);
        CountDownLatch waiting = new CountDownLatch(1);
        ArchiveSink slow = archive -> {
            waiting.countDown();
            hold.await();
            sink.accept(archive);
        };
        try (StreamKey key = streams.begin();
                SpoolPool pool = pool();
                StreamWriter writer = writer(key, slow, pool)) {
            Thread adding = new Thread(() -> {
                try {
                    addAll(writer, chunks(1_000));
                    writer.finish();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            adding.start();
            assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();
            while (adding.getState() != Thread.State.TIMED_WAITING) {
                Thread.sleep(5);
            }
            assertThat(writer.buffersMade()).isLessThanOrEqualTo(PARAMETERS.inFlight());
            assertThat(pool.buffers()).isEqualTo(1);
            hold.countDown();
            adding.join();
        }
        assertThat(readBack(sink.kept())).hasSizeGreaterThan(10);
    }

    @Test
    void theFirstFailureOfTheSinkReachesTheCallerAndStays() throws Exception {
        int[] calls = {0};
        ArchiveSink failing = archive -> {
            throw new IOException("no space at destination " + ++calls[0]);
        };
        try (StreamKey key = streams.begin();
                SpoolPool pool = pool();
                StreamWriter writer = writer(key, failing, pool)) {
            assertThatThrownBy(() -> {
                        addAll(writer, chunks(1_000));
                        writer.finish();
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessage("no space at destination 1");
            assertThatThrownBy(writer::finish).hasMessage("no space at destination 1");
            assertThatThrownBy(() -> writer.add(new byte[9_000], 0, 9_000)).hasMessage("no space at destination 1");
            assertThat(calls[0]).isEqualTo(1);
        }
    }

    @Test
    void aFailureGivesTheSpoolBack() throws Exception {
        ArchiveSink failing = archive -> {
            throw new IOException("no");
        };
        try (SpoolPool pool = new SpoolPool(PARAMETERS.archive(), 1, directory.resolve("missing"))) {
            for (int i = 0; i < 3; i++) {
                try (StreamKey key = streams.begin();
                        StreamWriter writer = writer(key, failing, pool)) {
                    writer.add(new byte[100], 0, 100);
                    assertThatThrownBy(writer::finish).hasMessage("no");
                }
            }
            for (int i = 0; i < 3; i++) {
                try (StreamKey key = streams.begin();
                        StreamWriter writer = writer(key, sink, pool)) {
                    ChunkPlace place = writer.add(new byte[10_000], 0, 10_000);
                    assertThat(place.block().isClosed()).isTrue();
                }
            }
            assertThat(pool.files()).isZero();
        }
    }

    @Test
    void aFailureOfTheCipherReachesTheCaller() throws Exception {
        StreamKey key = streams.begin();
        try (SpoolPool pool = pool();
                StreamWriter writer = writer(key, sink, pool)) {
            key.close();
            assertThatThrownBy(() -> {
                        writer.add(new byte[9_000], 0, 9_000);
                        writer.finish();
                    })
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        }
    }

    @Test
    void workersThatWereStoppedAreNotWaitedFor() throws Exception {
        try (StreamKey key = streams.begin();
                SpoolPool pool = pool();
                StreamWriter writer = writer(key, sink, pool)) {
            writer.add(new byte[9_000], 0, 9_000);
            workers.shutdownNow();
            assertThatThrownBy(() -> {
                        writer.add(new byte[9_000], 0, 9_000);
                        writer.finish();
                    })
                    .isInstanceOf(Exception.class);
        }
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        ArchiveSink stuck = archive -> new CountDownLatch(1).await();
        try (StreamKey key = streams.begin();
                SpoolPool pool = pool();
                StreamWriter writer = writer(key, stuck, pool)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> {
                        addAll(writer, chunks(1_000));
                        writer.finish();
                    })
                    .isInstanceOf(InterruptedException.class);
        }
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void closingInterruptsTheSinkButNotTheWorkersLaterTasks() throws Exception {
        CountDownLatch inSink = new CountDownLatch(1);
        ArchiveSink stuck = archive -> {
            inSink.countDown();
            new CountDownLatch(1).await();
        };
        try (StreamKey key = streams.begin();
                SpoolPool pool = pool()) {
            StreamWriter writer = writer(key, stuck, pool);
            writer.add(new byte[9_000], 0, 9_000);
            writer.finishArchive();
            assertThat(inSink.await(30, TimeUnit.SECONDS)).isTrue();
            writer.close();
            assertThatThrownBy(() -> writer.add(new byte[1], 0, 1)).isInstanceOf(Exception.class);
        }
        for (int i = 0; i < 20; i++) {
            assertThat(workers.submit(() -> Thread.currentThread().isInterrupted())
                            .get())
                    .isFalse();
        }
    }

    @Test
    void refusesChunksThatNoBlockCanHold() throws Exception {
        try (StreamKey key = streams.begin();
                SpoolPool pool = pool();
                StreamWriter writer = writer(key, sink, pool)) {
            assertThatThrownBy(() -> writer.add(new byte[0], 0, 0)).isInstanceOf(IllegalArgumentException.class);
            int tooLong = Codec.BLOCK_LIMIT + 1;
            assertThatThrownBy(() -> writer.add(new byte[tooLong], 0, tooLong))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
