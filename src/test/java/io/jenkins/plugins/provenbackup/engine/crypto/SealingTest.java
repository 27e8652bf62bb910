package io.jenkins.plugins.provenbackup.engine.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealingTest {

    private static final RepositoryId REPOSITORY = new RepositoryId("00112233445566778899aabbccddeeff");
    private static final byte[] BASE_KEY = bytes(32, 1);
    private static final byte[] IDENTITY = "snapshots/x/1".getBytes(UTF_8);
    private static final int HEAD = 1 + 32 + 32;
    private static final int SEALED_FRAME = 65536 + 16;

    private static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static Sealing sealing() {
        return new Sealing(BASE_KEY, REPOSITORY, 1);
    }

    private static byte[] seal(byte[] content) {
        try (Sealing sealing = sealing()) {
            return sealing.seal("manifest", IDENTITY, content);
        }
    }

    private static byte[] open(byte[] sealed) throws CryptoException {
        try (Sealing sealing = sealing()) {
            return sealing.open("manifest", IDENTITY, sealed, "Manifest 1");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65535, 65536, 65537, 131072, 200_000})
    void opensWhatItSealedAtFrameBoundaries(int length) throws Exception {
        byte[] content = bytes(length, length);
        byte[] sealed = seal(content);
        assertThat(sealed).hasSize(HEAD + length + 16 * Math.max(1, (length + 65535) / 65536));
        assertThat(sealed).hasSize(Sealing.sealedLength(length));
        assertThat(open(sealed)).isEqualTo(content);
    }

    @Property(tries = 50)
    void opensWhatItSealedAtAnyLength(@ForAll @IntRange(max = 300_000) int length) throws Exception {
        byte[] content = bytes(length, length);
        assertThat(open(seal(content))).isEqualTo(content);
    }

    @Test
    void refusesEverySingleFlippedBit() {
        byte[] sealed = seal("forty-two bytes of content, more or less..".getBytes(UTF_8));
        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            byte[] flipped = sealed.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> open(flipped)).as("bit %d", bit).isInstanceOf(CryptoException.class);
        }
    }

    @Test
    void refusesEveryTruncation() {
        byte[] sealed = seal(bytes(100, 3));
        for (int length = 0; length < sealed.length; length++) {
            byte[] cut = Arrays.copyOf(sealed, length);
            assertThatThrownBy(() -> open(cut)).as("%d bytes", length).isInstanceOf(DamagedException.class);
        }
    }

    @Test
    void refusesATruncationAtAFrameBoundary() {
        byte[] sealed = seal(bytes(200_000, 4));
        assertThatThrownBy(() -> open(Arrays.copyOf(sealed, HEAD + SEALED_FRAME)))
                .isInstanceOf(DamagedException.class);
        assertThatThrownBy(() -> open(Arrays.copyOf(sealed, HEAD + 2 * SEALED_FRAME)))
                .isInstanceOf(DamagedException.class);
    }

    @Test
    void refusesExchangedFrames() {
        byte[] sealed = seal(bytes(200_000, 5));
        byte[] exchanged = sealed.clone();
        System.arraycopy(sealed, HEAD, exchanged, HEAD + SEALED_FRAME, SEALED_FRAME);
        System.arraycopy(sealed, HEAD + SEALED_FRAME, exchanged, HEAD, SEALED_FRAME);
        assertThatThrownBy(() -> open(exchanged)).isInstanceOf(DamagedException.class);
    }

    @Test
    void refusesAnAppendedEmptyFrame() {
        byte[] sealed = seal(bytes(65536, 6));
        assertThatThrownBy(() -> open(Arrays.copyOf(sealed, sealed.length + 16)))
                .isInstanceOf(DamagedException.class);
    }

    @Test
    void refusesAnotherIdentity() {
        byte[] sealed = seal(bytes(10, 7));
        try (Sealing sealing = sealing()) {
            assertThatThrownBy(() -> sealing.open("manifest", "snapshots/x/2".getBytes(UTF_8), sealed, "Manifest 2"))
                    .isInstanceOf(DamagedException.class)
                    .hasMessageContaining("Manifest 2");
        }
    }

    @Test
    void refusesAnotherTypeRepositoryEpochOrKey() {
        byte[] sealed = seal(bytes(10, 8));
        try (Sealing same = sealing();
                Sealing foreign = new Sealing(BASE_KEY, new RepositoryId("ff".repeat(16)), 1);
                Sealing later = new Sealing(BASE_KEY, REPOSITORY, 2);
                Sealing other = new Sealing(bytes(32, 9), REPOSITORY, 1)) {
            assertThatThrownBy(() -> same.open("catalog", IDENTITY, sealed, "Manifest 1"))
                    .isInstanceOf(WrongKeyException.class);
            for (Sealing wrong : new Sealing[] {foreign, later, other}) {
                assertThatThrownBy(() -> wrong.open("manifest", IDENTITY, sealed, "Manifest 1"))
                        .isInstanceOf(WrongKeyException.class)
                        .hasMessageContaining("Manifest 1");
            }
        }
    }

    @Test
    void namesANewerVersion() {
        byte[] sealed = seal(bytes(10, 10));
        sealed[0] = 2;
        assertThatThrownBy(() -> open(sealed))
                .isInstanceOf(UnsupportedFormatException.class)
                .hasMessageContaining("version 2");
    }

    @Test
    void neverSealsTheSameBytesTwice() {
        assertThat(seal(bytes(10, 11))).isNotEqualTo(seal(bytes(10, 11)));
    }

    @Test
    void refusesMoreThanItsLimit() {
        assertThatThrownBy(() -> Sealing.sealedLength(Sealing.MAX_CONTENT + 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 GiB");
    }

    @Test
    void doesNothingAfterClose() {
        Sealing sealing = sealing();
        sealing.close();
        assertThatThrownBy(() -> sealing.seal("manifest", IDENTITY, new byte[1]))
                .isInstanceOf(IllegalStateException.class);
    }
}
