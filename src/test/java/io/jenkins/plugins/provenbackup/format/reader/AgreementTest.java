package io.jenkins.plugins.provenbackup.format.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.engine.crypto.KeyFile;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.RepositoryId;
import io.jenkins.plugins.provenbackup.engine.crypto.Sealing;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where small trees do not lead: edges of the format, made by the engine and read by the second reader. */
class AgreementTest {

    private final RecoveryKey recovery = RecoveryKey.generate(RepositoryId.random());
    private final Keys keys = Keys.ofFile(new String(KeyFile.encode(recovery), StandardCharsets.US_ASCII));
    private final SourceKey source = recovery.sourceKey("home").orElseThrow();
    private final byte[] sourceId = source.sourceId().bytes();

    @AfterEach
    void close() {
        source.close();
        recovery.close();
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 131_072, 200_000})
    void sealedTextsOfAllLengthsOpen(int length) throws Exception {
        byte[] text = new byte[length];
        try (Sealing sealing = source.catalogSealing(1)) {
            byte[] sealed = sealing.seal("hold", new byte[] {7}, text);
            byte[] base = keys.derived("catalog", 1, sourceId);
            assertThat(Cryptography.unseal(base, "hold", keys.repository, 1, new byte[] {7}, sealed))
                    .isEqualTo(text);
        }
    }
}
