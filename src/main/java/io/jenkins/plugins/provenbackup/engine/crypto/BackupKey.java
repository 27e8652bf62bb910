package io.jenkins.plugins.provenbackup.engine.crypto;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Backs up, plans, lists and prunes every source of a repository; opens no content. */
public final class BackupKey implements AccessKey {

    private final RepositoryId repositoryId;
    private final byte[] verificationKey;
    private final Secret pseudonymKey;
    private final Epochs<BackupEpoch> epochs;

    BackupKey(RepositoryId repositoryId, byte[] verificationKey, Secret pseudonymKey, List<BackupEpoch> epochs) {
        this.repositoryId = repositoryId;
        this.verificationKey = verificationKey;
        this.pseudonymKey = pseudonymKey;
        this.epochs = new Epochs<>(epochs, BackupEpoch::number);
    }

    /** The pseudonym of any source. */
    public SourceId pseudonym(String sourceName) {
        return Pseudonym.of(pseudonymKey, sourceName);
    }

    /** The keys of a source, its name included; what {@code export-backup-key --source} writes. The caller closes it. */
    public SourceKey source(String sourceName) {
        return derive(Optional.of(sourceName), pseudonym(sourceName));
    }

    private SourceKey derive(Optional<String> sourceName, SourceId source) {
        List<SourceEpoch> sourceEpochs = new ArrayList<>();
        for (BackupEpoch epoch : epochs.all()) {
            sourceEpochs.add(epoch.toSourceEpoch(source));
        }
        return new SourceKey(repositoryId, verificationKey, sourceName, source, sourceEpochs);
    }

    Secret pseudonymKey() {
        return pseudonymKey;
    }

    Epochs<BackupEpoch> epochs() {
        return epochs;
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
        return Optional.of(derive(Optional.empty(), source));
    }

    @Override
    public Optional<SourceKey> sourceKey(String sourceName) {
        return Optional.of(source(sourceName));
    }

    @Override
    public Optional<SourceId> sourceId(String sourceName) {
        return Optional.of(pseudonym(sourceName));
    }

    @Override
    public Optional<RecoveryKey> recovery() {
        return Optional.empty();
    }

    @Override
    public byte[] publicKey(int epoch) throws UnknownEpochException {
        return epochs.get(epoch, kind()).publicKey().clone();
    }

    @Override
    public int newestEpoch() {
        return epochs.newest();
    }

    @Override
    public Kind kind() {
        return Kind.BACKUP;
    }

    @Override
    public void close() {
        pseudonymKey.close();
        epochs.all().forEach(BackupEpoch::close);
    }

    @Override
    public String toString() {
        return "backup key of repository " + repositoryId;
    }
}
