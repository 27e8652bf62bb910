package io.jenkins.plugins.provenbackup.engine.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.ByteBuffer;
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
                .containsExactly(
                        "version",
                        "repository",
                        "id",
                        "kind",
                        "label",
                        "created",
                        "epoch",
                        "epochKey",
                        "kem",
                        "publicKey",
                        "lock",
                        "binding",
                        "encapsulation",
                        "wrapped",
                        "sealed");
        try (PersonalKey own = slot.unlock("Caf\u00e9 au lait".toCharArray(), REPOSITORY)) {
            byte[] id = slot.id().getBytes(UTF_8);
            byte[] associated = ByteBuffer.allocate(16 + 4 + id.length)
                    .put(REPOSITORY.bytes())
                    .putInt(1)
                    .put(id)
                    .array();
            StreamWrapping.Wrapped wrapped =
                    new StreamWrapping.Wrapped(bytes(json, "encapsulation"), bytes(json, "wrapped"));
            byte[] baseKey = StreamWrapping.unwrap(
                    own.seed().bytes(), "proven-backup slot v1".getBytes(UTF_8), associated, wrapped);
            try (Sealing sealing = new Sealing(baseKey, REPOSITORY, 1)) {
                assertThat(sealing.open("slot", id, bytes(json, "sealed"), "x")).isEqualTo(KeyPayload.encode(key));
            }
        }
    }

    private static byte[] bytes(Map<String, Object> json, String member) {
        return Base64.getDecoder().decode((String) json.get(member));
    }

    @Test
    void whoKnowsOnlyThePublicKeyOfAPassphraseCannotMakeItOpenAnotherOwnersKey() throws Exception {
        try (RecoveryKey forged = RecoveryKey.generate(REPOSITORY)) {
            byte[] planted = slot.renew(forged, CREATED).encode();
            assertThatThrownBy(() -> Slot.open(planted, "Caf\u00e9 au lait".toCharArray(), REPOSITORY))
                    .isInstanceOf(BadSignatureException.class)
                    .hasMessageContaining("not made by the owner");
        }
    }

    @Test
    void isRenewedForTheSamePassphraseWithoutIt() throws Exception {
        try (RecoveryKey rotated = key.rotate()) {
            Slot renewed = slot.renew(rotated, CREATED);
            assertThat(renewed.id()).isNotEqualTo(slot.id());
            assertThat(renewed.opener()).isEqualTo(slot.opener());
            assertThat(renewed.epoch()).isEqualTo(2);
            try (RecoveryKey opened = Slot.open(renewed.encode(), "Caf\u00e9 au lait".toCharArray(), REPOSITORY)) {
                assertThat(KeyFile.encode(opened)).isEqualTo(KeyFile.encode(rotated));
            }
        }
    }

    @Test
    void aPersonalSlotOpensWithItsKeyAlone() throws Exception {
        try (PersonalKey anna = PersonalKey.generate("anna");
                PersonalKey other = PersonalKey.generate("other")) {
            Recipient published = Recipient.parse(anna.recipient().encode(), "anna.pub");
            Slot personal = Slot.create(key, SlotKind.ESCROW, published, CREATED);
            Slot read = Slot.parse(personal.encode(), "keys/x.json");
            assertThat(read.kind()).isEqualTo(SlotKind.ESCROW);
            assertThat(read.label()).isEqualTo("anna");
            assertThat(read.isBound()).isFalse();
            read.requireSignature(key);
            try (RecoveryKey opened = read.open(anna, REPOSITORY)) {
                assertThat(KeyFile.encode(opened)).isEqualTo(KeyFile.encode(key));
            }
            assertThatThrownBy(() -> read.open(other, REPOSITORY)).isInstanceOf(DamagedException.class);
            assertThatThrownBy(() -> read.unlock("x".toCharArray(), REPOSITORY))
                    .isInstanceOf(WrongPassphraseException.class);
        }
    }

    @Test
    void aSlotThatSomebodyElseMadeIsNotSigned() throws Exception {
        try (PersonalKey anna = PersonalKey.generate("anna");
                RecoveryKey forged = RecoveryKey.generate(REPOSITORY)) {
            Slot planted = Slot.create(forged, SlotKind.PERSONAL, anna.recipient(), CREATED);
            assertThatThrownBy(() -> planted.requireSignature(key)).isInstanceOf(BadSignatureException.class);
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
        byte[] signature = key.sign(SignedDocument.message("slot", text));
        var digest = Hashing.sha256();
        digest.update(text.getBytes(UTF_8));
        envelope.put("sha256", HexFormat.of().formatHex(digest.digest(signature)));
        envelope.put("signature", Base64.getEncoder().encodeToString(signature));
        return JSON.std.asString(envelope).getBytes(UTF_8);
    }
}
