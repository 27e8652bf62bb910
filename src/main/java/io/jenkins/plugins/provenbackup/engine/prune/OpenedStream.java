package io.jenkins.plugins.provenbackup.engine.prune;

import io.jenkins.plugins.provenbackup.engine.archive.BlockReader;
import io.jenkins.plugins.provenbackup.engine.archive.Codec;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import java.io.IOException;

/** A stream whose blocks are read. For one thread. */
record OpenedStream(StreamKey key, BlockReader reader) implements AutoCloseable {

    static OpenedStream open(byte[] header, RecoveryKey recovery, Codec codec) throws IOException {
        StreamKey key = StreamKey.open(header, recovery);
        return new OpenedStream(key, new BlockReader(key, codec));
    }

    @Override
    public void close() {
        reader.close();
        key.close();
    }
}
