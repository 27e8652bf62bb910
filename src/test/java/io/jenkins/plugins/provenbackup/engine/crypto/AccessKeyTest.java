package io.jenkins.plugins.provenbackup.engine.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccessKeyTest {

    private final RecoveryKey recoveryKey =
            RecoveryKey.generate(RepositoryId.random()).rotate();
    private final BackupKey backupKey = recoveryKey.backupKey();
    private final SourceKey sourceKey = backupKey.source("home");

    @AfterEach
    void close() {
        recoveryKey.close();
        backupKey.close();
        sourceKey.close();
    }

    @Test
    void everyKindAgreesOnPseudonymsAndDerivedKeys() throws Exception {
        SourceId id = backupKey.pseudonym("home");
        assertThat(recoveryKey.sourceId("home")).contains(id);
        assertThat(sourceKey.sourceId("home")).contains(id);
        assertThat(sourceKey.sourceId()).isEqualTo(id);
        for (AccessKey key : List.of(recoveryKey, backupKey, sourceKey)) {
            assertThat(key.newestEpoch()).isEqualTo(2);
            assertThat(key.verificationKey()).isEqualTo(recoveryKey.verificationKey());
            for (int epoch = 1; epoch <= 2; epoch++) {
                try (SourceKey derived = key.sourceKey(id).orElseThrow()) {
                    assertThat(derived.gearKey(epoch)).isEqualTo(sourceKey.gearKey(epoch));
                    assertThat(derived.segmentKey(epoch)).isEqualTo(sourceKey.segmentKey(epoch));
                    assertThat(derived.publicKey(epoch)).isEqualTo(sourceKey.publicKey(epoch));
                    assertThat(derived.chunkIdHash(epoch).of(new byte[5], 0, 5))
                            .isEqualTo(sourceKey.chunkIdHash(epoch).of(new byte[5], 0, 5));
                    byte[] sealed = derived.catalogSealing(epoch).seal("catalog", new byte[0], new byte[3]);
                    assertThat(sourceKey.catalogSealing(epoch).open("catalog", new byte[0], sealed, "It"))
                            .isEqualTo(new byte[3]);
                }
            }
        }
    }

    @Test
    void derivesEachKeyAsTheFormatSays() throws Exception {
        byte[] master =
                recoveryKey.epochs().get(2, AccessKey.Kind.RECOVERY).master().bytes();
        byte[] info = ByteBuffer.allocate(16 + 1 + 4 + 1 + 4 + 16)
                .put("proven-backup v1\0gear\0".getBytes(UTF_8))
                .putInt(2)
                .put(sourceKey.sourceId().bytes())
                .array();
        assertThat(sourceKey.gearKey(2)).isEqualTo(Hkdf.derive(new byte[32], master, info, 32));
    }

    @Test
    void pseudonymIsTheHmacOfTheName() {
        try (Secret key = new Secret("Jefe".getBytes(UTF_8))) {
            assertThat(Pseudonym.of(key, "what do ya want for nothing?"))
                    .isEqualTo(new SourceId("5bdcc146bf60754e6a042426089575c7"));
        }
        assertThatThrownBy(() -> backupKey.pseudonym("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> backupKey.pseudonym("\ud800")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sourceKeyKnowsNothingOfOtherSources() {
        assertThat(sourceKey.sourceId("other")).isEmpty();
        assertThat(sourceKey.sourceKey("other")).isEmpty();
        assertThat(sourceKey.sourceKey(backupKey.pseudonym("other"))).isEmpty();
        assertThat(sourceKey.recovery()).isEmpty();
        assertThat(backupKey.recovery()).isEmpty();
        assertThat(recoveryKey.recovery()).containsSame(recoveryKey);
    }

    @Test
    void nameIsUnknownWhenDerivedFromThePseudonym() {
        try (SourceKey nameless = backupKey.sourceKey(sourceKey.sourceId()).orElseThrow()) {
            assertThat(nameless.sourceName()).isEmpty();
            assertThat(sourceKey.sourceName()).contains("home");
        }
    }

    @Test
    void derivedKeysDifferBySourceEpochAndPurpose() throws Exception {
        try (SourceKey other = backupKey.source("other")) {
            assertThat(List.of(
                            HexFormat.of().formatHex(sourceKey.gearKey(1)),
                            HexFormat.of().formatHex(sourceKey.gearKey(2)),
                            HexFormat.of().formatHex(sourceKey.segmentKey(1)),
                            HexFormat.of().formatHex(other.gearKey(1))))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void anUnknownEpochIsNamed() {
        assertThatThrownBy(() -> sourceKey.gearKey(3))
                .isInstanceOf(UnknownEpochException.class)
                .hasMessageContaining("source key")
                .hasMessageContaining("epoch 3");
    }

    @Test
    void textsShowNoSecret() {
        List<byte[]> secrets = List.of(
                recoveryKey.signingSeed().bytes(),
                recoveryKey.pseudonymKey().bytes(),
                recoveryKey.epochs().all().get(0).seed().bytes(),
                recoveryKey.epochs().all().get(0).master().bytes(),
                sourceKey.epochs().all().get(0).catalog().bytes());
        String texts = String.join(
                "\n",
                recoveryKey.toString(),
                backupKey.toString(),
                sourceKey.toString(),
                recoveryKey.epochs().all().toString(),
                backupKey.epochs().all().toString(),
                sourceKey.epochs().all().toString());
        for (byte[] secret : secrets) {
            assertThat(texts)
                    .doesNotContainIgnoringCase(HexFormat.of().formatHex(secret))
                    .doesNotContain(Arrays.toString(secret));
        }
    }

    @Test
    void closingWipesEverySecret() {
        List<byte[]> secrets = List.of(
                recoveryKey.signingSeed().bytes(),
                recoveryKey.pseudonymKey().bytes(),
                recoveryKey.epochs().all().get(1).seed().bytes(),
                recoveryKey.epochs().all().get(1).master().bytes(),
                backupKey.pseudonymKey().bytes(),
                backupKey.epochs().all().get(1).master().bytes(),
                sourceKey.epochs().all().get(1).chunkId().bytes(),
                sourceKey.epochs().all().get(1).gear().bytes(),
                sourceKey.epochs().all().get(1).catalog().bytes(),
                sourceKey.epochs().all().get(1).segment().bytes());
        assertThat(secrets).noneMatch(secret -> Arrays.equals(secret, new byte[32]));
        close();
        assertThat(secrets).allMatch(secret -> Arrays.equals(secret, new byte[32]));
        assertThatThrownBy(() -> sourceKey.gearKey(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> backupKey.pseudonym("home")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(recoveryKey::backupKey).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aDerivedKeyOutlivesTheOneItCameFrom() throws Exception {
        recoveryKey.close();
        backupKey.close();
        assertThat(sourceKey.gearKey(1)).isNotEqualTo(new byte[32]);
    }

    @Test
    void identifiersAreCheckedAndComparable() {
        assertThat(RepositoryId.of(new byte[16]).hex()).isEqualTo("0".repeat(32));
        assertThat(new SourceId("ab".repeat(16)).bytes()).hasSize(16).containsOnly(0xab);
        assertThat(new StreamId("ab".repeat(16))).isGreaterThan(new StreamId("aa".repeat(16)));
        for (String bad : List.of("", "AB".repeat(16), "g".repeat(32), "a".repeat(31), "a".repeat(33))) {
            assertThatThrownBy(() -> new RepositoryId(bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
