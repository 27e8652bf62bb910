package io.jenkins.plugins.provenbackup.engine.prune;

import io.jenkins.plugins.provenbackup.engine.archive.BlockWriter;
import io.jenkins.plugins.provenbackup.engine.archive.Codec;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.crypto.StreamKey;
import io.jenkins.plugins.provenbackup.engine.crypto.UnknownEpochException;

/** The new stream that repacked blocks of one epoch go to: all streams of a snapshot are of its epoch. For one thread. */
record RepackStream(StreamKey key, BlockWriter writer) implements AutoCloseable {

    static RepackStream begin(SourceKey source, int epoch, Codec codec) throws UnknownEpochException {
        StreamKey key = StreamKey.create(source, epoch);
        return new RepackStream(key, new BlockWriter(key, codec));
    }

    @Override
    public void close() {
        writer.close();
        key.close();
    }
}
