package io.jenkins.plugins.provenbackup.engine.crypto;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Backs up and plans one source: its chunk ids, its chunk and segment boundaries, its catalogs. Opens no content and knows
 * nothing of other sources.
 */
public final class SourceKey implements AccessKey {

    private final RepositoryId repositoryId;
    private final byte[] verificationKey;
    private final Optional<String> sourceName;
    private final SourceId sourceId;
    private final Epochs<SourceEpoch> epochs;

    SourceKey(
            RepositoryId repositoryId,
            byte[] verificationKey,
            Optional<String> sourceName,
            SourceId sourceId,
            List<SourceEpoch> epochs) {
        this.repositoryId = repositoryId;
        this.verificationKey = verificationKey;
        this.sourceName = sourceName;
        this.sourceId = sourceId;
        this.epochs = new Epochs<>(epochs, SourceEpoch::number);
    }

    /** The source's name; unknown when the key was derived from the pseudonym alone. */
    public Optional<String> sourceName() {
        return sourceName;
    }

    /** The source's pseudonym. */
    public SourceId sourceId() {
        return sourceId;
    }

    /** A new chunk id function; it is for one thread. */
    public ChunkIdHash chunkIdHash(int epoch) throws UnknownEpochException {
        return new ChunkIdHash(epoch(epoch).chunkId().bytes());
    }

    /** A copy of the 32 bytes that chunk boundaries depend on; the caller wipes it. */
    public byte[] gearKey(int epoch) throws UnknownEpochException {
        return epoch(epoch).gear().bytes().clone();
    }

    /** A copy of the 32 bytes that segment boundaries depend on; the caller wipes it. */
    public byte[] segmentKey(int epoch) throws UnknownEpochException {
        return epoch(epoch).segment().bytes().clone();
    }

    /** Seals and opens this source's catalogs, manifests and records; the caller closes it. */
    public Sealing catalogSealing(int epoch) throws UnknownEpochException {
        return new Sealing(epoch(epoch).catalog().bytes(), repositoryId, epoch);
    }

    private SourceEpoch epoch(int number) throws UnknownEpochException {
        return epochs.get(number, kind());
    }

    Epochs<SourceEpoch> epochs() {
        return epochs;
    }

    private SourceKey copy() {
        List<SourceEpoch> copies = new ArrayList<>();
        for (SourceEpoch epoch : epochs.all()) {
            copies.add(epoch.copy());
        }
        return new SourceKey(repositoryId, verificationKey, sourceName, sourceId, copies);
    }

    @Override
    public RepositoryId repositoryId() {
        return repositoryId;
    }

    @Override
    public byte[] verificationKey() {
        return verificationKey.clone();
    }

    @Override
    public Optional<SourceKey> sourceKey(SourceId source) {
        return source.equals(sourceId) ? Optional.of(copy()) : Optional.empty();
    }

    @Override
    public Optional<SourceKey> sourceKey(String name) {
        return sourceId(name).flatMap(this::sourceKey);
    }

    @Override
    public Optional<SourceId> sourceId(String name) {
        return sourceName.filter(name::equals).map(known -> sourceId);
    }

    @Override
    public Optional<RecoveryKey> recovery() {
        return Optional.empty();
    }

    @Override
    public byte[] publicKey(int epoch) throws UnknownEpochException {
        return epoch(epoch).publicKey().clone();
    }

    @Override
    public int newestEpoch() {
        return epochs.newest();
    }

    @Override
    public Kind kind() {
        return Kind.SOURCE;
    }

    @Override
    public void close() {
        epochs.all().forEach(SourceEpoch::close);
    }

    @Override
    public String toString() {
        return "source key of " + sourceName.orElse(sourceId.hex()) + " in repository " + repositoryId;
    }
}
