package io.jenkins.plugins.provenbackup.engine.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SlotTest {

    private static final RepositoryId REPOSITORY = RepositoryId.random();
    private static final Instant CREATED = Instant.parse("2026-02-03T04:05:06Z");
    private static RecoveryKey key;
    private static Slot slot;
    private static byte[] stored;

    @BeforeAll
    static void makeASlot() {
        key = RecoveryKey.generate(REPOSITORY);
        slot = Slot.create(key, "Caf\u00e9 au lait".toCharArray(), "office safe", CREATED);
        stored = slot.encode();
    }

    @AfterAll
    static void wipe() {
        key.close();
    }

    @Test
    void opensWithItsPassphrase() throws Exception {
        try (RecoveryKey opened = Slot.open(stored, "Caf\u00e9 au lait".toCharArray(), REPOSITORY)) {
            assertThat(KeyFile.encode(opened)).isEqualTo(KeyFile.encode(key));
        }
    }

    @Test
    void opensWithTheSamePassphraseFromAnotherKeyboard() throws Exception {
        Slot.open(stored, "Cafe\u0301 au lait".toCharArray(), REPOSITORY).close();
    }

    @Test
    void saysThatThePassphraseIsWrong() {
        assertThatThrownBy(() -> Slot.open(stored, "Cafe au lait".toCharArray(), REPOSITORY))
                .isInstanceOf(WrongPassphraseException.class)
                .hasMessageContaining(slot.id())
                .hasMessageContaining("office safe")
                .hasMessageNotContaining("lait");
    }

    @Test
    void tellsWhatItIsWithoutAPassphrase() throws Exception {
        Slot parsed = Slot.parse(stored, "keys/x.json");
        assertThat(parsed.id()).isEqualTo(slot.id()).matches("[0-9a-f]{16}");
        assertThat(parsed.label()).isEqualTo("office safe");
        assertThat(parsed.created()).isEqualTo(CREATED);
        assertThat(parsed.epoch()).isEqualTo(1);
        assertThat(parsed.repositoryId()).isEqualTo(REPOSITORY);
        assertThat(parsed.encode()).isEqualTo(stored);
    }

    @Test
    void refusesASlotOfAnotherRepositoryBeforeAnyWork() {
        RepositoryId other = RepositoryId.random();
        assertThatThrownBy(() -> Slot.open(stored, "x".toCharArray(), other))
                .isInstanceOf(ForeignRepositoryException.class)
                .hasMessageContaining(REPOSITORY.hex())
                .hasMessageContaining(slot.id());
    }

    @Test
    void callsAnyChangedByteDamage() {
        for (int at = 0; at < stored.length; at += 3) {
            byte[] changed = stored.clone();
            changed[at] ^= 1;
            assertThatThrownBy(() -> Slot.parse(changed, "keys/x.json"))
                    .as("byte %d", at)
                    .isInstanceOf(DamagedException.class)
                    .hasMessageContaining("keys/x.json");
        }
    }

    @Test
    void refusesANewerVersionKindOrAlgorithm() throws Exception {
        for (UnaryOperator<String> change : List.<UnaryOperator<String>>of(
                text -> text.replace("\"version\":1,", "\"version\":2,"),
                text -> text.replace("\"passphrase\"", "\"yubikey\""),
                text -> text.replace("argon2id", "argon3"),
                text -> text.replace("\"version\":19", "\"version\":20"))) {
            byte[] changed = changed(change);
            assertThatThrownBy(() -> Slot.parse(changed, "keys/x.json"))
                    .isInstanceOf(UnsupportedFormatException.class)
                    .hasMessageContaining("keys/x.json");
        }
    }

    @Test
    void boundsTheParametersBeforeUse() throws Exception {
        for (UnaryOperator<String> change : List.<UnaryOperator<String>>of(
                text -> text.replace("\"memoryKiB\":65536", "\"memoryKiB\":2097153"),
                text -> text.replace("\"memoryKiB\":65536", "\"memoryKiB\":8191"),
                text -> text.replace("\"memoryKiB\":65536", "\"memoryKiB\":-1"),
                text -> text.replace("\"iterations\":3", "\"iterations\":17"),
                text -> text.replace("\"iterations\":3", "\"iterations\":0"),
                text -> text.replace("\"parallelism\":4", "\"parallelism\":17"),
                text -> text.replace("\"parallelism\":4", "\"parallelism\":0"))) {
            byte[] changed = changed(change);
            assertThatThrownBy(() -> Slot.parse(changed, "keys/x.json"))
                    .isInstanceOf(UnsupportedFormatException.class)
                    .hasMessageContaining("out of bounds");
        }
    }

    @Test
    void aSlotUnderAnotherIdDoesNotOpen() throws Exception {
        byte[] changed = changed(text -> text.replace(slot.id(), "0123456789abcdef"));
        assertThatThrownBy(() -> Slot.open(changed, "Caf\u00e9 au lait".toCharArray(), REPOSITORY))
                .isInstanceOf(DamagedException.class);
    }

    @Test
    void sealedBytesFollowTheFormat() throws Exception {
        Map<String, Object> json =
                JSON.std.mapFrom((String) JSON.std.mapFrom(stored).get("slot"));
        assertThat(json.keySet())
                .containsExactly("version", "repository", "id", "kind", "label", "created", "epoch", "kdf", "sealed");
        byte[] sealed = Base64.getDecoder().decode((String) json.get("sealed"));
        @SuppressWarnings("unchecked")
        PassphraseKdf kdf = PassphraseKdf.parse((Map<String, Object>) json.get("kdf"), "x");
        try (Secret baseKey = kdf.derive("Caf\u00e9 au lait".toCharArray());
                Sealing sealing = new Sealing(baseKey.bytes(), REPOSITORY, 1)) {
            assertThat(sealing.open("slot", slot.id().getBytes(UTF_8), sealed, "x"))
                    .isEqualTo(KeyPayload.encode(key));
        }
    }

    @Test
    void refusesAnEmptyPassphrase() {
        assertThatThrownBy(() -> Slot.create(key, new char[0], "x", CREATED))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] changed(UnaryOperator<String> change) throws IOException {
        String before = (String) JSON.std.mapFrom(stored).get("slot");
        String text = change.apply(before);
        assertThat(text).isNotEqualTo(before);
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("slot", text);
        envelope.put("sha256", HexFormat.of().formatHex(Hashing.sha256(text.getBytes(UTF_8))));
        return JSON.std.asString(envelope).getBytes(UTF_8);
    }
}
