package io.jenkins.plugins.provenbackup.engine.archive;

import io.jenkins.plugins.provenbackup.engine.crypto.CryptoException;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.RepositoryId;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;

/** The keys that a stream needs, for writing and for reading. */
final class TestStream implements AutoCloseable {

    private final RecoveryKey recoveryKey;
    private final SourceKey sourceKey;

    TestStream() {
        recoveryKey = RecoveryKey.generate(RepositoryId.random());
        sourceKey = recoveryKey.sourceKey("shop").orElseThrow();
    }

    StreamKey begin() throws CryptoException {
        return StreamKey.create(sourceKey, 1);
    }

    StreamKey open(byte[] header) throws CryptoException {
        return StreamKey.open(header, recoveryKey);
    }

    @Override
    public void close() {
        sourceKey.close();
        recoveryKey.close();
    }
}
