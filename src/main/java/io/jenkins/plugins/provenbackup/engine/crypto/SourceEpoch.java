package io.jenkins.plugins.provenbackup.engine.crypto;

/** One generation of a source key; the X-Wing public key is 1216 bytes, each derived key 32. */
record SourceEpoch(int number, byte[] publicKey, Secret chunkId, Secret gear, Secret catalog, Secret segment)
        implements AutoCloseable {

    SourceEpoch copy() {
        return new SourceEpoch(number, publicKey, chunkId.copy(), gear.copy(), catalog.copy(), segment.copy());
    }

    @Override
    public void close() {
        chunkId.close();
        gear.close();
        catalog.close();
        segment.close();
    }

    @Override
    public String toString() {
        return "epoch " + number;
    }
}
