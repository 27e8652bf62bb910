package io.jenkins.plugins.provenbackup.engine.crypto;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** Opens everything in a repository and signs its documents. */
public final class RecoveryKey implements AccessKey {

    private static final int SECRET_BYTES = 32;

    private final RepositoryId repositoryId;
    private final Secret signingSeed;
    private final Secret pseudonymKey;
    private final Epochs<RecoveryEpoch> epochs;
    private final byte[] verificationKey = new byte[Ed25519.PUBLIC_KEY_SIZE];

    RecoveryKey(RepositoryId repositoryId, Secret signingSeed, Secret pseudonymKey, List<RecoveryEpoch> epochs) {
        this.repositoryId = repositoryId;
        this.signingSeed = signingSeed;
        this.pseudonymKey = pseudonymKey;
        this.epochs = new Epochs<>(epochs, RecoveryEpoch::number);
        Ed25519.generatePublicKey(signingSeed.bytes(), 0, verificationKey, 0);
    }

    /** New random keys, with epoch 1. */
    public static RecoveryKey generate(RepositoryId repositoryId) {
        SecureRandom random = new SecureRandom();
        return new RecoveryKey(repositoryId, secret(random), secret(random), List.of(newEpoch(1, random)));
    }

    /** A copy of this key with one more epoch, for new backups; the caller closes both. */
    public RecoveryKey rotate() {
        List<RecoveryEpoch> rotated = new ArrayList<>();
        for (RecoveryEpoch epoch : epochs.all()) {
            rotated.add(epoch.copy());
        }
        rotated.add(newEpoch(Math.addExact(newestEpoch(), 1), new SecureRandom()));
        return new RecoveryKey(repositoryId, signingSeed.copy(), pseudonymKey.copy(), rotated);
    }

    private static RecoveryEpoch newEpoch(int number, SecureRandom random) {
        return new RecoveryEpoch(number, secret(random), secret(random));
    }

    private static Secret secret(SecureRandom random) {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return new Secret(bytes);
    }

    /** What writers get: it plans, lists and prunes, but opens no content. The caller closes it. */
    public BackupKey backupKey() {
        List<BackupEpoch> backupEpochs = new ArrayList<>();
        for (RecoveryEpoch epoch : epochs.all()) {
            backupEpochs.add(epoch.toBackupEpoch());
        }
        return new BackupKey(repositoryId, verificationKey(), pseudonymKey.copy(), backupEpochs);
    }

    /** The Ed25519 signature (RFC 8032), 64 bytes. To sign a document use {@link SignedDocument}. */
    byte[] sign(byte[] message) {
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(signingSeed.bytes(), 0, message, 0, message.length, signature, 0);
        return signature;
    }

    Secret signingSeed() {
        return signingSeed;
    }

    Secret pseudonymKey() {
        return pseudonymKey;
    }

    Epochs<RecoveryEpoch> epochs() {
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
        try (BackupKey backupKey = backupKey()) {
            return backupKey.sourceKey(source);
        }
    }

    @Override
    public Optional<SourceKey> sourceKey(String sourceName) {
        try (BackupKey backupKey = backupKey()) {
            return backupKey.sourceKey(sourceName);
        }
    }

    @Override
    public Optional<SourceId> sourceId(String sourceName) {
        return Optional.of(Pseudonym.of(pseudonymKey, sourceName));
    }

    @Override
    public Optional<RecoveryKey> recovery() {
        return Optional.of(this);
    }

    @Override
    public byte[] publicKey(int epoch) throws UnknownEpochException {
        try (BackupEpoch published = epochs.get(epoch, kind()).toBackupEpoch()) {
            return published.publicKey();
        }
    }

    @Override
    public int newestEpoch() {
        return epochs.newest();
    }

    @Override
    public Kind kind() {
        return Kind.RECOVERY;
    }

    @Override
    public void close() {
        signingSeed.close();
        pseudonymKey.close();
        epochs.all().forEach(RecoveryEpoch::close);
    }

    @Override
    public String toString() {
        return "recovery key of repository " + repositoryId;
    }
}
