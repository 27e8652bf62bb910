package io.jenkins.plugins.provenbackup.engine.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SignedDocumentTest {

    private static final String DOCUMENT = "{\"version\":1,\"name\":\"Z\u00fcrich \ud83d\ude00 \\\\ \\\"quoted\\\"\"}";

    private final RecoveryKey key = RecoveryKey.generate(RepositoryId.random());

    @AfterEach
    void close() {
        key.close();
    }

    private String verify(byte[] bytes) throws CryptoException {
        return SignedDocument.verify("repository", bytes, key.verificationKey());
    }

    @Test
    void verifiesWhatItSigned() throws Exception {
        assertThat(verify(SignedDocument.sign("repository", DOCUMENT, key))).isEqualTo(DOCUMENT);
    }

    @Test
    void acceptsAnyOtherSpellingOfTheSameEnvelope() throws Exception {
        Map<String, Object> envelope = JSON.std.mapFrom(SignedDocument.sign("repository", DOCUMENT, key));
        String pretty = "\n{ \"signature\" : \"" + envelope.get("signature") + "\",\n \"signed\" : "
                + JSON.std.asString(envelope.get("signed")) + " }\n";
        assertThat(verify(pretty.getBytes(UTF_8))).isEqualTo(DOCUMENT);
    }

    @Test
    void refusesAnotherTypeOrKey() {
        byte[] signed = SignedDocument.sign("epoch", DOCUMENT, key);
        assertThatThrownBy(() -> verify(signed)).isInstanceOf(BadSignatureException.class);
        try (RecoveryKey other = RecoveryKey.generate(key.repositoryId())) {
            byte[] foreign = SignedDocument.sign("repository", DOCUMENT, other);
            assertThatThrownBy(() -> verify(foreign))
                    .isInstanceOf(BadSignatureException.class)
                    .hasMessageContaining("repository document");
        }
    }

    @Test
    void refusesAnyFlippedBit() {
        byte[] signed = SignedDocument.sign("repository", "{\"version\":1}", key);
        for (int bit = 0; bit < 8 * signed.length; bit++) {
            byte[] flipped = signed.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> verify(flipped)).as("bit %d", bit).isInstanceOf(CryptoException.class);
        }
    }

    @Test
    void refusesATextThatOnlyLooksTheSameAfterReplacement() throws Exception {
        byte[] signed = SignedDocument.sign("repository", "{\"a\":\"?\"}", key);
        byte[] forged = new String(signed, UTF_8).replace("?", "\\ud800").getBytes(UTF_8);
        assertThatThrownBy(() -> verify(forged)).isInstanceOf(CryptoException.class);
    }

    @Test
    void callsASignatureThatIsNoneBad() {
        for (String signature : List.of("", "A", "~~~~", "AAAA=")) {
            String envelope = "{\"signed\":\"x\",\"signature\":\"" + signature + "\"}";
            assertThatThrownBy(() -> verify(envelope.getBytes(UTF_8)))
                    .as(envelope)
                    .isInstanceOf(BadSignatureException.class);
        }
    }

    @Test
    void callsWhatIsNoEnvelopeDamaged() {
        for (String text : List.of(
                "",
                "[]",
                "null",
                "{}",
                "{\"signed\":\"x\"}",
                "{\"signed\":1,\"signature\":\"\"}",
                "{\"signed\":\"x\",\"signature\":\"\",\"more\":\"\"}",
                "{\"signed\":\"x\",\"signed\":\"y\",\"signature\":\"\"}")) {
            assertThatThrownBy(() -> verify(text.getBytes(UTF_8))).as(text).isInstanceOf(DamagedException.class);
        }
    }
}
