package io.jenkins.plugins.provenbackup.engine.crypto;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.BitSet;
import org.bouncycastle.crypto.InvalidCipherTextException;

/**
 * The key of one stream of blocks. It is random, belongs to one writer in one process and is stored only inside the
 * stream's header, wrapped to the epoch's public key. Safe for use by several threads until it is closed; closing wipes it
 * and ends every {@link BlockCipher} of it.
 */
public final class StreamKey implements AutoCloseable {

    /** Length of a stream header in bytes. */
    public static final int HEADER_LENGTH = StreamHeader.LENGTH;

    private final byte[] header;
    private final byte[] headerHash;
    private final StreamHeader parts;
    private final Secret key;
    private final boolean writable;
    private final BitSet sealedBlocks = new BitSet();

    private StreamKey(byte[] header, StreamHeader parts, Secret key, boolean writable) {
        this.header = header;
        this.headerHash = Hashing.sha256(header);
        this.parts = parts;
        this.key = key;
        this.writable = writable;
    }

    /**
     * Begins a stream.
     *
     * @throws UnknownEpochException when the source key does not hold this epoch
     */
    public static StreamKey create(SourceKey sourceKey, int epoch) throws UnknownEpochException {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        StreamHeader parts = StreamHeader.create(sourceKey, epoch, bytes);
        return new StreamKey(parts.encode(), parts, new Secret(bytes), true);
    }

    /**
     * Opens a stream for reading.
     *
     * @throws DamagedException when the header was changed
     * @throws UnsupportedFormatException when a newer version of this program wrote it
     * @throws ForeignRepositoryException when it belongs to another repository
     * @throws UnknownEpochException when the recovery key does not hold its epoch
     */
    public static StreamKey open(byte[] header, RecoveryKey recoveryKey)
            throws DamagedException, UnsupportedFormatException, ForeignRepositoryException, UnknownEpochException {
        StreamHeader parts = StreamHeader.parse(header);
        if (!parts.repositoryId().equals(recoveryKey.repositoryId())) {
            throw new ForeignRepositoryException("A stream of repository " + parts.repositoryId()
                    + " cannot be opened with the recovery key of repository " + recoveryKey.repositoryId()
                    + ". Use the key of the repository that the archive is from.");
        }
        RecoveryEpoch epoch = recoveryKey.epochs().get(parts.epoch(), recoveryKey.kind());
        try {
            byte[] key = StreamWrapping.unwrap(epoch.seed().bytes(), parts.associated(), parts.wrapped());
            return new StreamKey(header.clone(), parts, new Secret(key), false);
        } catch (InvalidCipherTextException | IllegalArgumentException e) {
            throw new DamagedException("The header of stream " + idOf(header) + " is damaged: its key does not unwrap."
                    + " Verify the archive, or read it from another destination.");
        }
    }

    /**
     * Takes a stream's key from whoever opened it with the recovery key, for reading.
     *
     * @param key the array is copied; the caller wipes it
     * @throws DamagedException when the header is none
     * @throws UnsupportedFormatException when a newer version of this program wrote it
     */
    public static StreamKey received(byte[] header, byte[] key) throws DamagedException, UnsupportedFormatException {
        return new StreamKey(header.clone(), StreamHeader.parse(header), new Secret(key.clone()), false);
    }

    /** A copy of the key itself, for a reader who may have this one stream; the caller wipes it. */
    public byte[] export() {
        return key.bytes().clone();
    }

    /** The id of the stream that this header begins. */
    public static StreamId idOf(byte[] header) {
        return idOfHash(Hashing.sha256(header));
    }

    private static StreamId idOfHash(byte[] hash) {
        return StreamId.of(Arrays.copyOf(hash, Hex16.BYTES));
    }

    /** The id of this stream. */
    public StreamId id() {
        return idOfHash(headerHash);
    }

    /** A copy of the header, {@link #HEADER_LENGTH} bytes. */
    public byte[] header() {
        return header.clone();
    }

    /** The source that the stream belongs to. */
    public SourceId sourceId() {
        return parts.sourceId();
    }

    /** The epoch whose key the stream key is wrapped to. */
    public int epoch() {
        return parts.epoch();
    }

    /** A new cipher for the blocks of this stream; it is for one thread, which closes it. */
    public BlockCipher blockCipher() {
        return new BlockCipher(this, key.bytes(), headerHash);
    }

    /** Notes that a block is being sealed; AES-GCM breaks when a number is used twice, so that is refused. */
    void claim(int number) {
        if (!writable) {
            throw new IllegalStateException(
                    "stream " + id() + " was opened for reading; a writer begins its own stream");
        }
        key.bytes();
        synchronized (sealedBlocks) {
            if (sealedBlocks.get(number)) {
                throw new IllegalStateException("block " + number + " of stream " + id() + " was sealed already");
            }
            sealedBlocks.set(number);
        }
    }

    void requireOpen() {
        key.bytes();
    }

    @Override
    public void close() {
        key.close();
    }

    @Override
    public String toString() {
        return "stream " + id();
    }
}
