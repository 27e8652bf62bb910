package io.jenkins.plugins.provenbackup.engine.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** One generation of a backup key; the X-Wing public key is 1216 bytes. */
record BackupEpoch(int number, byte[] publicKey, Secret master) implements AutoCloseable {

    private static final byte[] LABEL = "proven-backup v1".getBytes(StandardCharsets.US_ASCII);

    SourceEpoch toSourceEpoch(SourceId source) {
        return new SourceEpoch(
                number,
                publicKey,
                derive("chunk-id", source),
                derive("gear", source),
                derive("catalog", source),
                derive("segment", source));
    }

    private Secret derive(String purpose, SourceId source) {
        byte[] name = purpose.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer info = ByteBuffer.allocate(LABEL.length + 1 + name.length + 1 + Integer.BYTES + Hex16.BYTES);
        info.put(LABEL).put((byte) 0).put(name).put((byte) 0).putInt(number).put(source.bytes());
        return new Secret(Hkdf.derive(new byte[0], master.bytes(), info.array(), Hashing.LENGTH));
    }

    @Override
    public void close() {
        master.close();
    }

    @Override
    public String toString() {
        return "epoch " + number;
    }
}
