package io.jenkins.plugins.provenbackup.engine.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamKeyTest {

    private final RecoveryKey recoveryKey = RecoveryKey.generate(RepositoryId.random());
    private SourceKey sourceKey;
    private StreamKey written;
    private StreamKey read;

    @BeforeEach
    void beginAndOpenAStream() throws Exception {
        sourceKey = recoveryKey.sourceKey("home").orElseThrow();
        written = StreamKey.create(sourceKey, 1);
        read = StreamKey.open(written.header(), recoveryKey);
    }

    @AfterEach
    void close() {
        read.close();
        written.close();
        sourceKey.close();
        recoveryKey.close();
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] seal(StreamKey stream, long number, byte[] plain) {
        byte[] out = new byte[plain.length + BlockCipher.OVERHEAD];
        try (BlockCipher cipher = stream.blockCipher()) {
            cipher.seal(number, plain, 0, plain.length, ByteBuffer.wrap(out));
        }
        return out;
    }

    private static byte[] open(StreamKey stream, long number, byte[] sealed) throws DamagedException {
        byte[] out = new byte[Math.max(0, sealed.length - BlockCipher.OVERHEAD)];
        try (BlockCipher cipher = stream.blockCipher()) {
            cipher.open(number, sealed, 0, sealed.length, out);
        }
        return out;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 1000, 4096, 65537, 1_048_576, 3_000_001})
    void opensBlocksOfAnyLength(int length) throws Exception {
        byte[] plain = bytes(length);
        assertThat(open(read, 7, seal(written, 7, plain))).isEqualTo(plain);
    }

    @Test
    void opensManyBlocksThroughOneCipher() throws Exception {
        try (BlockCipher sealing = written.blockCipher();
                BlockCipher opening = read.blockCipher()) {
            for (int number = 0; number < 300; number++) {
                byte[] plain = bytes(997 * (number % 50));
                byte[] sealed = new byte[plain.length + BlockCipher.OVERHEAD];
                sealing.seal(number, plain, 0, plain.length, ByteBuffer.wrap(sealed));
                byte[] opened = new byte[plain.length];
                assertThat(opening.open(number, sealed, 0, sealed.length, opened))
                        .isEqualTo(plain.length);
                assertThat(opened).isEqualTo(plain);
            }
        }
    }

    @Test
    void worksOnRangesAndOnDirectBuffers() throws Exception {
        byte[] plain = bytes(100);
        for (ByteBuffer buffer : new ByteBuffer[] {ByteBuffer.allocateDirect(200), ByteBuffer.allocate(200)}) {
            long number = buffer.isDirect() ? 1 : 2;
            buffer.position(3);
            byte[] out = new byte[200];
            try (BlockCipher cipher = written.blockCipher()) {
                assertThat(cipher.seal(number, plain, 10, 80, buffer)).isEqualTo(96);
                assertThat(buffer.position()).isEqualTo(99);
                buffer.flip().position(3);
                assertThat(cipher.open(number, buffer, out)).isEqualTo(80);
                assertThat(buffer.hasRemaining()).isFalse();
            }
            assertThat(ByteBuffer.wrap(out, 0, 80)).isEqualTo(ByteBuffer.wrap(plain, 10, 80));
        }
    }

    @Test
    void refusesABlockUnderAnotherNumber() {
        byte[] sealed = seal(written, 1, bytes(50));
        assertThatThrownBy(() -> open(read, 2, sealed))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("Block 2")
                .hasMessageContaining(read.id().hex());
    }

    @Test
    void refusesABlockOfAnotherStream() throws Exception {
        byte[] sealed = seal(written, 1, bytes(50));
        try (StreamKey other = StreamKey.create(sourceKey, 1)) {
            assertThatThrownBy(() -> open(other, 1, sealed)).isInstanceOf(DamagedException.class);
        }
    }

    @Test
    void refusesEverySingleFlippedBitAndEveryCutOfABlock() {
        byte[] sealed = seal(written, 1, bytes(20));
        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            byte[] flipped = sealed.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> open(read, 1, flipped)).isInstanceOf(DamagedException.class);
        }
        for (int length = 0; length < sealed.length; length++) {
            byte[] cut = Arrays.copyOf(sealed, length);
            assertThatThrownBy(() -> open(read, 1, cut)).isInstanceOf(DamagedException.class);
        }
    }

    @Test
    void neverSealsANumberTwice() {
        seal(written, 1, bytes(5));
        assertThatThrownBy(() -> seal(written, 1, bytes(6))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void doesNotSealInAStreamThatWasOpened() {
        assertThatThrownBy(() -> seal(read, 1, bytes(5))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesATooSmallBufferBeforeTheNumberIsUsed() {
        try (BlockCipher cipher = written.blockCipher()) {
            assertThatThrownBy(() -> cipher.seal(0, bytes(5), 0, 5, ByteBuffer.allocate(20)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(cipher.seal(0, bytes(5), 0, 5, ByteBuffer.allocate(21))).isEqualTo(21);
        }
    }

    @Test
    void headerHasTheSpecifiedBytes() {
        ByteBuffer header = ByteBuffer.wrap(written.header());
        assertThat(header.remaining()).isEqualTo(1214).isEqualTo(StreamKey.HEADER_LENGTH);
        byte[] repository = new byte[16];
        byte[] source = new byte[16];
        assertThat(header.getInt()).isEqualTo(0x50425331);
        header.get(repository).get(source);
        assertThat(RepositoryId.of(repository)).isEqualTo(recoveryKey.repositoryId());
        assertThat(SourceId.of(source)).isEqualTo(sourceKey.sourceId());
        assertThat(header.getInt()).isEqualTo(1);
        assertThat(header.getShort()).isEqualTo((short) 0x647a);
        assertThat(header.getShort()).isEqualTo((short) 1);
        assertThat(header.getShort()).isEqualTo((short) 2);
        assertThat(read.id()).isEqualTo(written.id()).isEqualTo(StreamKey.idOf(written.header()));
    }

    @Test
    void refusesAFlippedBitAnywhereInTheHeader() {
        byte[] header = written.header();
        Random random = new Random(1);
        for (int at = 0; at < header.length; at += at < 46 || at > 1160 ? 1 : 50) {
            byte[] flipped = header.clone();
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            assertThatThrownBy(() -> StreamKey.open(flipped, recoveryKey))
                    .as("byte %d", at)
                    .isInstanceOf(CryptoException.class);
        }
    }

    @Test
    void saysWhatIsWrongWithAHeader() throws Exception {
        byte[] header = written.header();
        try (RecoveryKey foreign = RecoveryKey.generate(RepositoryId.random())) {
            assertThatThrownBy(() -> StreamKey.open(header, foreign))
                    .isInstanceOf(ForeignRepositoryException.class)
                    .hasMessageContaining(recoveryKey.repositoryId().hex());
        }
        try (RecoveryKey rotated = recoveryKey.rotate();
                SourceKey later = rotated.sourceKey("home").orElseThrow();
                StreamKey newer = StreamKey.create(later, 2)) {
            assertThatThrownBy(() -> StreamKey.open(newer.header(), recoveryKey))
                    .isInstanceOf(UnknownEpochException.class)
                    .hasMessageContaining("epoch 2");
            StreamKey.open(newer.header(), rotated).close();
            StreamKey.open(header, rotated).close();
        }
        header[3] = '2';
        assertThatThrownBy(() -> StreamKey.open(header, recoveryKey)).isInstanceOf(UnsupportedFormatException.class);
        assertThatThrownBy(() -> StreamKey.open(new byte[1214], recoveryKey)).isInstanceOf(DamagedException.class);
        assertThatThrownBy(() -> StreamKey.open(new byte[1213], recoveryKey)).isInstanceOf(DamagedException.class);
    }

    @Test
    @SuppressWarnings("try") // closing early is what is tested
    void endsItsCiphersWhenItIsClosed() throws Exception {
        try (StreamKey stream = StreamKey.create(sourceKey, 1);
                BlockCipher cipher = stream.blockCipher()) {
            stream.close();
            assertThatThrownBy(() -> cipher.seal(1, new byte[1], 0, 1, ByteBuffer.allocate(17)))
                    .isInstanceOf(IllegalStateException.class);
        }
    }
}
