package io.jenkins.plugins.provenbackup.engine.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.crypto.DamagedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodecTest {

    private static final Codec.Notice NOT_EXPECTED = reason -> {
        throw new AssertionError("the native zstd should load here", reason);
    };

    private static Codec codec() {
        return new Codec(Codec.DEFAULT_LEVEL, NOT_EXPECTED);
    }

    @Test
    void unpacksWhatItPacked() throws IOException {
        try (Codec codec = codec()) {
            for (int length : new int[] {0, 1, 100, 65_536, 1_000_003}) {
                byte[] words = Bytes.words(length, length);
                byte[] noise = Bytes.random(length, length);
                assertThat(codec.unpack(codec.pack(words), Codec.BLOCK_LIMIT)).isEqualTo(words);
                assertThat(codec.unpack(codec.pack(noise), Codec.BLOCK_LIMIT)).isEqualTo(noise);
            }
        }
    }

    @Test
    void compressesTextAndStoresNoise() throws IOException {
        try (Codec codec = codec()) {
            assertThat(codec.pack(Bytes.words(1, 1 << 20)))
                    .startsWith(1, 0, 0x10, 0, 0)
                    .hasSizeLessThan(1 << 19);
            byte[] noise = Bytes.random(1, 1 << 20);
            assertThat(codec.pack(noise))
                    .startsWith(0, 0, 0x10, 0, 0)
                    .endsWith(noise)
                    .hasSize((1 << 20) + 5);
        }
    }

    @Test
    void compressesWhatIsPartlyNoise() throws IOException {
        byte[] content = Bytes.words(2, 1 << 20);
        System.arraycopy(Bytes.random(2, 1 << 19), 0, content, 1 << 18, 1 << 19);
        try (Codec codec = codec()) {
            assertThat(codec.pack(content)).hasSizeLessThan(900_000);
            assertThat(codec.unpack(codec.pack(content), Codec.BLOCK_LIMIT)).isEqualTo(content);
        }
    }

    @Test
    void triesLittleWhereLittleIsToBeGained() throws IOException {
        byte[] words = Bytes.words(6, 1 << 20);
        byte[] nearlyNoise = Bytes.random(6, 1 << 20);
        for (int i = 0; i < nearlyNoise.length; i += 8) {
            nearlyNoise[i] = 0;
        }
        assertThat(Effort.worthFor(words, 0, words.length)).isEqualTo(Effort.FULL);
        assertThat(Effort.worthFor(nearlyNoise, 0, nearlyNoise.length)).isEqualTo(Effort.FULL);
        for (int i = 0; i < nearlyNoise.length; i += 8) {
            nearlyNoise[i] = (byte) (i % 64 == 0 ? 0 : i * 37 >>> 5);
        }
        assertThat(Effort.worthFor(nearlyNoise, 0, nearlyNoise.length)).isEqualTo(Effort.LITTLE);
        for (int seed = 0; seed < 200; seed++) {
            assertThat(Effort.worthFor(Bytes.random(seed, 70_000), 0, 70_000)).isEqualTo(Effort.NONE);
        }
        try (Codec codec = codec()) {
            assertThat(codec.unpack(codec.pack(nearlyNoise), Codec.BLOCK_LIMIT)).isEqualTo(nearlyNoise);
        }
    }

    @Test
    void refusesALengthAboveTheLimitBeforeItAllocates() {
        byte[] bomb = ByteBuffer.allocate(20)
                .put((byte) 1)
                .putInt(Codec.BLOCK_LIMIT + 1)
                .array();
        byte[] negative = ByteBuffer.allocate(20).put((byte) 1).putInt(-1).array();
        try (Codec codec = codec()) {
            assertThatThrownBy(() -> codec.unpack(bomb, Codec.BLOCK_LIMIT)).isInstanceOf(DamagedException.class);
            assertThatThrownBy(() -> codec.unpack(negative, Codec.OBJECT_LIMIT)).isInstanceOf(DamagedException.class);
        }
    }

    @Test
    void refusesAContentOfAnotherLengthThanStated() throws IOException {
        try (Codec codec = codec()) {
            for (byte[] content : new byte[][] {Bytes.words(3, 5000), Bytes.random(3, 5000)}) {
                for (int wrong : new int[] {0, 4999, 5001}) {
                    byte[] packed = codec.pack(content);
                    ByteBuffer.wrap(packed).putInt(1, wrong);
                    assertThatThrownBy(() -> codec.unpack(packed, Codec.BLOCK_LIMIT))
                            .isInstanceOf(DamagedException.class);
                }
            }
        }
    }

    @Test
    void refusesAnUnknownCodecByItsNumber() {
        try (Codec codec = codec()) {
            assertThatThrownBy(() -> codec.unpack(new byte[] {7, 0, 0, 0, 1, 0}, Codec.BLOCK_LIMIT))
                    .isInstanceOf(DamagedException.class)
                    .hasMessageContaining("codec 7");
        }
    }

    @Property(tries = 300)
    void damageIsNothingButDamageToEitherZstd(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        byte[] content = Bytes.words(seed, 1 + random.nextInt(20_000));
        try (NativeZstd nativeZstd = new NativeZstd(3);
                JavaZstd javaZstd = new JavaZstd()) {
            byte[] frame = new byte[Codec.bound(content.length)];
            int length = nativeZstd.compress(Effort.FULL, content, 0, content.length, frame, 0);
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                frame[random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
            }
            int cut = random.nextInt(3) == 0 ? random.nextInt(length) : length;
            for (Zstd zstd : new Zstd[] {nativeZstd, javaZstd}) {
                try {
                    zstd.decompress(frame, 0, cut, new byte[content.length], content.length);
                } catch (DamagedException e) {
                    assertThat(e).hasMessageContaining("does not decompress");
                }
            }
        }
    }

    @Test
    void bothZstdsReadEachOther() throws IOException {
        try (NativeZstd nativeZstd = new NativeZstd(3);
                JavaZstd javaZstd = new JavaZstd()) {
            byte[] content = Bytes.words(4, 3_000_000);
            assertThat(through(nativeZstd, javaZstd, content)).isEqualTo(content);
            assertThat(through(javaZstd, nativeZstd, content)).isEqualTo(content);
        }
    }

    private static byte[] through(Zstd writer, Zstd reader, byte[] content) throws IOException {
        byte[] frame = new byte[Codec.bound(content.length)];
        int length = writer.compress(Effort.LITTLE, content, 0, content.length, frame, 0);
        byte[] out = new byte[content.length];
        reader.decompress(frame, 0, length, out, out.length);
        return out;
    }

    /** Packs without the native zstd; run in a Java of its own by the test below. */
    static final class WithoutNativeZstd {
        public static void main(String[] arguments) throws IOException {
            int[] notices = {0};
            try (Codec codec = new Codec(Codec.DEFAULT_LEVEL, reason -> notices[0]++)) {
                byte[] content = Files.readAllBytes(Path.of(arguments[0]));
                byte[] packed = codec.pack(content);
                Files.write(Path.of(arguments[1]), packed);
                boolean same = java.util.Arrays.equals(codec.unpack(packed, Codec.BLOCK_LIMIT), content);
                byte[] foreign = Files.readAllBytes(Path.of(arguments[2]));
                boolean read = java.util.Arrays.equals(codec.unpack(foreign, Codec.BLOCK_LIMIT), content);
                System.out.println("notices " + notices[0] + ", own " + same + ", native " + read);
            }
        }
    }

    @Test
    void pureJavaTakesOverWhereTheNativeLibraryCannotBeUnpacked(@TempDir Path directory) throws Exception {
        byte[] content = Bytes.words(5, 2_000_000);
        Path plain = Files.write(directory.resolve("plain"), content);
        Path byJava = directory.resolve("java");
        try (Codec codec = codec()) {
            Path byNative = Files.write(directory.resolve("native"), codec.pack(content));
            Process child = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Djava.io.tmpdir=" + directory.resolve("missing"),
                            "-cp",
                            System.getProperty("java.class.path"),
                            WithoutNativeZstd.class.getName(),
                            plain.toString(),
                            byJava.toString(),
                            byNative.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(child.waitFor()).as(said).isZero();
            assertThat(said).contains("notices 1, own true, native true");
            assertThat(codec.unpack(Files.readAllBytes(byJava), Codec.BLOCK_LIMIT))
                    .isEqualTo(content);
            assertThat(byJava).isNotEmptyFile();
        }
    }
}
