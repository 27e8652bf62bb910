package io.jenkins.plugins.provenbackup.engine.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamId;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ArchiveReaderTest {

    private final TestStream streams = new TestStream();
    private final Codec codec = new Codec(Codec.DEFAULT_LEVEL, reason -> {});
    private final ExecutorService workers = Executors.newFixedThreadPool(2);

    @TempDir
    private Path directory;

    @AfterEach
    void closeAll() {
        workers.shutdownNow();
        codec.close();
        streams.close();
    }

    /** Counts reads and what they cost. */
    private static final class CountedBytes implements ArchiveBytes {
        private final byte[] archive;
        private final List<Integer> reads = new ArrayList<>();

        CountedBytes(byte[] archive) {
            this.archive = archive;
        }

        @Override
        public long size() {
            return archive.length;
        }

        @Override
        public byte[] read(long offset, int length) {
            reads.add(length);
            return Arrays.copyOfRange(archive, (int) offset, (int) offset + length);
        }
    }

    /** One archive whose block i is one chunk, chunkOf(i). */
    private CollectingSink.Kept archive(int blocks, int chunkLength) throws Exception {
        CollectingSink sink = new CollectingSink();
        BlockParameters parameters = new BlockParameters(1 << 20, 1, 1 << 30, 4);
        try (StreamKey key = streams.begin();
                SpoolPool pool = new SpoolPool(1, 0, directory);
                StreamWriter writer = new StreamWriter(key, parameters, codec, workers, sink, pool)) {
            for (int i = 0; i < blocks; i++) {
                writer.add(chunkOf(i, chunkLength), 0, chunkLength);
            }
            writer.finish();
        }
        return sink.kept().get(0);
    }

    private static byte[] chunkOf(int block, int length) {
        return Bytes.random(block, length);
    }

    @Test
    void needsOneReadForTheIndexOneForTheHeaderAndOneForNeighbours() throws Exception {
        CountedBytes bytes = new CountedBytes(archive(40, 10_000).bytes());
        ArchiveReader reader = ArchiveReader.open(bytes);
        StreamId stream = reader.streams().iterator().next();

        List<SealedBlock> blocks = reader.read(stream, 5, 14);

        assertThat(bytes.reads).hasSize(3);
        assertThat(bytes.reads.get(0)).isEqualTo(8192);
        assertThat(bytes.reads.get(2)).isEqualTo(10 * 10_021);
        assertThat(blocks).extracting(SealedBlock::number).containsExactly(5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L, 14L);
        try (StreamKey key = streams.open(reader.streamHeader(stream));
                BlockReader blockReader = new BlockReader(key, codec)) {
            for (SealedBlock block : blocks) {
                assertThat(blockReader.read(block)).isEqualTo(chunkOf((int) block.number(), 10_000));
            }
        }
    }

    @Test
    void readsALongIndexWithASecondRead() throws Exception {
        CountedBytes bytes = new CountedBytes(archive(3_000, 1).bytes());

        ArchiveReader reader = ArchiveReader.open(bytes);

        assertThat(bytes.reads).hasSize(2);
        assertThat(reader.index().streams().get(0).blocks()).hasSize(3_000);
    }

    @Test
    void joinsReadsOverSmallGapsButNeverIntoLargeOnes() throws Exception {
        CountedBytes bytes = new CountedBytes(archive(30, 500_000).bytes());
        ArchiveReader reader = ArchiveReader.open(bytes);
        StreamId stream = reader.streams().iterator().next();
        bytes.reads.clear();

        List<Long> seen = new ArrayList<>();
        reader.read(stream, number -> number != 3, block -> seen.add(block.number()));

        assertThat(seen).hasSize(29);
        assertThat(bytes.reads).allMatch(length -> length <= 4 << 20).hasSize(5);
    }

    @Test
    void saysSoWhenABlockOrStreamIsNotThere() throws Exception {
        ArchiveReader reader =
                ArchiveReader.open(ArchiveBytes.of(archive(3, 100).bytes()));
        StreamId stream = reader.streams().iterator().next();

        assertThatThrownBy(() -> reader.read(stream, 2, 3)).isInstanceOf(DamagedException.class);
        assertThatThrownBy(() -> reader.streamHeader(StreamId.of(new byte[16]))).isInstanceOf(DamagedException.class);
    }

    @Test
    void anArchiveCutShortAnywhereIsDamaged() throws Exception {
        CollectingSink.Kept kept = archive(3, 2_000);
        byte[] whole = kept.bytes();
        for (int length = 0; length < whole.length; length += length > whole.length - 60 ? 1 : 97) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> ArchiveReader.open(ArchiveBytes.of(cut))).isInstanceOf(DamagedException.class);
            assertThatThrownBy(() -> new ObjectCheck().requireIntact(new ByteArrayInputStream(cut), kept.hash()))
                    .isInstanceOf(DamagedException.class);
        }
        assertThat(new ObjectCheck().requireIntact(new ByteArrayInputStream(whole), kept.hash()))
                .isEqualTo(whole.length);
    }

    @Test
    void storageThatGivesFewerBytesThanAskedIsDamage() throws Exception {
        byte[] whole = archive(3, 20_000).bytes();
        ArchiveBytes shortened = new ArchiveBytes() {
            @Override
            public long size() {
                return whole.length;
            }

            @Override
            public byte[] read(long offset, int length) {
                return Arrays.copyOfRange(whole, (int) offset, (int) offset + length - 1);
            }
        };
        assertThatThrownBy(() -> ArchiveReader.open(shortened)).isInstanceOf(DamagedException.class);
    }

    @Test
    void aFlippedBitIsFoundWhereverItIs() throws Exception {
        byte[] whole = archive(4, 3_000).bytes();
        ObjectHash hash = ObjectHash.ofContent(whole);
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            byte[] flipped = whole.clone();
            int at = random.nextInt(flipped.length);
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            assertThatThrownBy(() -> new ObjectCheck().requireIntact(new ByteArrayInputStream(flipped), hash))
                    .isInstanceOf(DamagedException.class);
            if (at >= ArchiveIndex.START) {
                assertThatThrownBy(() -> readEverything(flipped))
                        .as("bit in byte " + at)
                        .isInstanceOf(IOException.class);
            }
        }
    }

    private void readEverything(byte[] archive) throws IOException {
        ArchiveReader reader = ArchiveReader.open(ArchiveBytes.of(archive));
        for (StreamId stream : reader.streams()) {
            try (StreamKey key = streams.open(reader.streamHeader(stream));
                    BlockReader blockReader = new BlockReader(key, codec)) {
                for (SealedBlock block : reader.read(stream, 0, 3)) {
                    blockReader.read(block);
                }
            }
        }
    }

    @Test
    void aBlockIsReadIntoTheRoomItIsGiven() throws Exception {
        ArchiveReader reader =
                ArchiveReader.open(ArchiveBytes.of(archive(2, 5_000).bytes()));
        StreamId stream = reader.streams().iterator().next();
        byte[] room = new byte[6_000];
        try (StreamKey key = streams.open(reader.streamHeader(stream));
                BlockReader blockReader = new BlockReader(key, codec)) {
            PlainBlock block = blockReader.read(reader.read(stream, 1, 1).get(0), length -> room);

            assertThat(block.bytes()).isSameAs(room);
            assertThat(Arrays.copyOf(room, block.length())).isEqualTo(chunkOf(1, 5_000));
        }
    }

    @Test
    void blocksOfTwoStreamsCopiedIntoOneArchiveAreStillReadable() throws Exception {
        List<CollectingSink.Kept> originals = List.of(archive(5, 4_000), archive(5, 4_000), archive(5, 4_000));
        CollectingSink copies = new CollectingSink();
        try (SpoolPool pool = new SpoolPool(1 << 20, 4, directory);
                ArchiveCopy copy = new ArchiveCopy(pool, 1 << 20, copies)) {
            for (int round = 0; round < 2; round++) {
                for (CollectingSink.Kept original : originals) {
                    ArchiveReader reader = ArchiveReader.open(ArchiveBytes.of(original.bytes()));
                    StreamId stream = reader.streams().iterator().next();
                    int remainder = round;
                    for (SealedBlock block : reader.read(stream, 0, 4)) {
                        if (block.number() % 2 == remainder) {
                            copy.add(reader.streamHeader(stream), block);
                        }
                    }
                }
            }
            copy.finish();
        }

        assertThat(copies.kept()).hasSize(1);
        CollectingSink.Kept kept = copies.kept().get(0);
        assertThat(kept.ranges())
                .hasSize(3)
                .allMatch(range -> range.first() == 0 && range.count() == 5 && range.contains(4) && !range.contains(5));
        ArchiveReader reader = ArchiveReader.open(ArchiveBytes.of(kept.bytes()));
        assertThat(reader.streams()).hasSize(3);
        for (StreamId stream : reader.streams()) {
            try (StreamKey key = streams.open(reader.streamHeader(stream));
                    BlockReader blockReader = new BlockReader(key, codec)) {
                for (SealedBlock block : reader.read(stream, 0, 4)) {
                    assertThat(blockReader.read(block)).isEqualTo(chunkOf((int) block.number(), 4_000));
                }
            }
        }
    }

    @Test
    void aBlockPutInAnothersPlaceIsRefused() throws Exception {
        ArchiveReader first = ArchiveReader.open(ArchiveBytes.of(archive(2, 100).bytes()));
        ArchiveReader second =
                ArchiveReader.open(ArchiveBytes.of(archive(2, 100).bytes()));
        StreamId stream = first.streams().iterator().next();
        SealedBlock foreign =
                second.read(second.streams().iterator().next(), 0, 0).get(0);
        SealedBlock other = first.read(stream, 1, 1).get(0);
        try (StreamKey key = streams.open(first.streamHeader(stream));
                BlockReader blockReader = new BlockReader(key, codec)) {
            assertThatThrownBy(() -> blockReader.read(
                            new SealedBlock(stream, 0, foreign.bytes(), foreign.offset(), foreign.length())))
                    .isInstanceOf(DamagedException.class);
            assertThatThrownBy(() ->
                            blockReader.read(new SealedBlock(stream, 0, other.bytes(), other.offset(), other.length())))
                    .isInstanceOf(DamagedException.class);
            assertThatThrownBy(() -> blockReader.read(foreign)).isInstanceOf(IllegalArgumentException.class);
        }
        try (SpoolPool pool = new SpoolPool(1 << 20, 1, directory);
                ArchiveCopy copy = new ArchiveCopy(pool, 1 << 20, archive -> {})) {
            assertThatThrownBy(() -> copy.add(first.streamHeader(stream), foreign))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
