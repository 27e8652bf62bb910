package io.jenkins.plugins.provenbackup.engine.catalog;

import io.jenkins.plugins.provenbackup.engine.archive.Codec;
import io.jenkins.plugins.provenbackup.engine.crypto.RepositoryId;
import io.jenkins.plugins.provenbackup.engine.crypto.Sealing;
import io.jenkins.plugins.provenbackup.engine.crypto.SegmentHash;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceId;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.crypto.UnknownEpochException;
import java.io.IOException;
import java.util.Arrays;

/**
 * Seals and opens the segments of one source in one epoch, and names them. For one thread; closing wipes its keys.
 */
public final class SegmentSealing implements AutoCloseable {

    static final byte[] MAGIC = {'P', 'B', 'C', '1'};

    private static final String TYPE = "segment";

    private final RepositoryId repository;
    private final SourceId source;
    private final Sealing sealing;
    private final SegmentHash hash;
    private final Codec codec;

    private SegmentSealing(RepositoryId repository, SourceId source, Sealing sealing, SegmentHash hash, Codec codec) {
        this.repository = repository;
        this.source = source;
        this.sealing = sealing;
        this.hash = hash;
        this.codec = codec;
    }

    /**
     * For the source and an epoch of a key.
     *
     * @param codec packs segments; stays the caller's to close
     * @throws UnknownEpochException when the key does not hold that epoch
     */
    public static SegmentSealing of(SourceKey key, int epoch, Codec codec) throws UnknownEpochException {
        byte[] segmentKey = key.segmentKey(epoch);
        try {
            return new SegmentSealing(
                    key.repositoryId(), key.sourceId(), key.catalogSealing(epoch), new SegmentHash(segmentKey), codec);
        } finally {
            Arrays.fill(segmentKey, (byte) 0);
        }
    }

    /** The epoch of the keys. */
    public int epoch() {
        return sealing.epoch();
    }

    /** What a catalog object begins with. */
    byte[] objectHeader() {
        return new FieldWriter(40)
                .raw(MAGIC)
                .raw(repository.bytes())
                .raw(source.bytes())
                .u32(epoch())
                .toByteArray();
    }

    SegmentId idOf(byte[] segment) {
        return SegmentId.of(hash.idOf(segment));
    }

    long hashOf(EntryPath path) {
        return hash.ofPath(path.rawBytes());
    }

    /** Packs and seals a segment. */
    byte[] seal(SegmentId id, byte[] segment) {
        return sealing.seal(TYPE, id.toByteArray(), codec.pack(segment));
    }

    /**
     * Opens, unpacks and checks a segment.
     *
     * @throws io.jenkins.plugins.provenbackup.engine.crypto.CryptoException when it was sealed with another key or is damaged
     * @throws MalformedException when it is not the segment of that id
     */
    byte[] open(SegmentId id, byte[] sealed) throws IOException {
        String subject = nameOf(id);
        byte[] segment = codec.unpack(sealing.open(TYPE, id.toByteArray(), sealed, subject), Codec.OBJECT_LIMIT);
        if (!idOf(segment).equals(id)) {
            throw new MalformedException(subject, "its content has another id");
        }
        return segment;
    }

    static String nameOf(SegmentId id) {
        return "segment " + id + " of a catalog";
    }

    @Override
    public void close() {
        sealing.close();
        hash.close();
    }

    @Override
    public String toString() {
        return "segment sealing of source " + source + ", epoch " + epoch();
    }
}
