package io.jenkins.plugins.provenbackup.engine.crypto;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The 1214 bytes that begin a stream, in their parts; all integers big-endian. */
record StreamHeader(
        RepositoryId repositoryId, SourceId sourceId, int epoch, byte[] associated, StreamWrapping.Wrapped wrapped) {

    private static final byte[] MAGIC = {'P', 'B', 'S', '1'};

    /** Length of what the wrapped key is bound to: everything before the encapsulation. */
    private static final int ASSOCIATED = 4 + 16 + 16 + 4 + 2 + 2 + 2;

    static final int LENGTH = ASSOCIATED + StreamWrapping.ENCAPSULATION + StreamWrapping.WRAPPED_KEY;

    static StreamHeader create(SourceKey sourceKey, int epoch, byte[] streamKey) throws UnknownEpochException {
        byte[] associated = new byte[ASSOCIATED];
        ByteBuffer.wrap(associated)
                .put(MAGIC)
                .put(sourceKey.repositoryId().bytes())
                .put(sourceKey.sourceId().bytes())
                .putInt(epoch)
                .putShort(StreamWrapping.KEM)
                .putShort(StreamWrapping.KDF)
                .putShort(StreamWrapping.AEAD);
        return new StreamHeader(
                sourceKey.repositoryId(),
                sourceKey.sourceId(),
                epoch,
                associated,
                StreamWrapping.wrap(sourceKey.publicKey(epoch), associated, streamKey));
    }

    static StreamHeader parse(byte[] header) throws DamagedException, UnsupportedFormatException {
        if (header.length != LENGTH) {
            throw new DamagedException("A stream header is damaged: it has " + header.length + " bytes instead of "
                    + LENGTH + ". Verify the archive, or read it from another destination.");
        }
        ByteBuffer in = ByteBuffer.wrap(header);
        byte[] magic = take(in, MAGIC.length);
        if (!Arrays.equals(magic, 0, 3, MAGIC, 0, 3)) {
            throw new DamagedException("These bytes are no stream header: they do not begin with PBS1. The archive is"
                    + " damaged or something else; verify it, or read it from another destination.");
        }
        RepositoryId repositoryId = RepositoryId.of(take(in, Hex16.BYTES));
        SourceId sourceId = SourceId.of(take(in, Hex16.BYTES));
        int epoch = in.getInt();
        int kem = in.getShort();
        int kdf = in.getShort();
        int aead = in.getShort();
        boolean known = kem == StreamWrapping.KEM && kdf == StreamWrapping.KDF && aead == StreamWrapping.AEAD;
        if (magic[3] != MAGIC[3] || !known) {
            throw new UnsupportedFormatException(
                    "A stream of source " + sourceId + " is in a format or under an algorithm"
                            + " that this program does not know. Use a newer version of it.");
        }
        return new StreamHeader(
                repositoryId,
                sourceId,
                epoch,
                Arrays.copyOf(header, ASSOCIATED),
                new StreamWrapping.Wrapped(
                        take(in, StreamWrapping.ENCAPSULATION), take(in, StreamWrapping.WRAPPED_KEY)));
    }

    byte[] encode() {
        return ByteBuffer.allocate(LENGTH)
                .put(associated)
                .put(wrapped.encapsulation())
                .put(wrapped.key())
                .array();
    }

    private static byte[] take(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
