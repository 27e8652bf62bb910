package io.jenkins.plugins.provenbackup.engine.crypto;

import java.util.Locale;
import java.util.Optional;

/**
 * What someone may do with a repository: a {@link SourceKey} backs up one source, a {@link BackupKey} any source, and
 * only a {@link RecoveryKey} reads contents. Keys are immutable and safe for use by several threads until they are
 * closed; closing wipes their secrets, and a method called later throws {@link IllegalStateException}. Texts of keys show
 * no secret.
 */
public sealed interface AccessKey extends AutoCloseable permits SourceKey, BackupKey, RecoveryKey {

    /** The kinds of key, from the weakest to the strongest. */
    enum Kind {
        /** Backs up and plans one source. */
        SOURCE(1),
        /** Backs up and plans every source. */
        BACKUP(2),
        /** Everything, reading contents included. */
        RECOVERY(3);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }

        /** For messages: "recovery key". */
        public String label() {
            return name().toLowerCase(Locale.ROOT) + " key";
        }
    }

    /** The repository that this key is for. */
    RepositoryId repositoryId();

    /** A new copy of the Ed25519 public key, 32 bytes, that the repository's documents are signed for. */
    byte[] verificationKey();

    /** The keys of one source, when this key covers it. The caller closes the result, which is independent of this. */
    Optional<SourceKey> sourceKey(SourceId source);

    /** The keys of one source by its name, when this key covers it. The caller closes the result. */
    Optional<SourceKey> sourceKey(String sourceName);

    /** The pseudonym of a source, when this key can tell: a source key knows only its own name's. */
    Optional<SourceId> sourceId(String sourceName);

    /** This key itself when it is a recovery key; do not close the result separately. */
    Optional<RecoveryKey> recovery();

    /**
     * A new copy of an epoch's X-Wing public key, 1216 bytes.
     *
     * @throws UnknownEpochException when this key does not hold the epoch
     */
    byte[] publicKey(int epoch) throws UnknownEpochException;

    /** Number of the newest epoch in this key, 1 or higher; a writer uses this one. */
    int newestEpoch();

    /** Which kind this is. */
    Kind kind();

    /** Wipes the secrets; may be called again. */
    @Override
    void close();
}
