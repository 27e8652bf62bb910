package io.jenkins.plugins.provenbackup.jenkins.secrets;

import hudson.AbortException;
import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.engine.crypto.AccessKey;
import io.jenkins.plugins.provenbackup.engine.crypto.BackupKey;
import io.jenkins.plugins.provenbackup.engine.crypto.HeldKey;
import io.jenkins.plugins.provenbackup.engine.crypto.KeyFile;
import io.jenkins.plugins.provenbackup.engine.crypto.NotAKeyFileException;
import io.jenkins.plugins.provenbackup.engine.crypto.PersonalKey;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.jenkins.access.SourceNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The keys of a repository, opened from credentials. Only on the controller; what agents get is {@link #exportSourceKey}. For one
 * thread; closing wipes the backup key.
 */
public final class ControllerKeys implements AutoCloseable {

    private final KeyCredentials credentials;
    private final BackupKey backupKey;

    private ControllerKeys(KeyCredentials credentials, BackupKey backupKey) {
        this.credentials = credentials;
        this.backupKey = backupKey;
    }

    /**
     * Opens the backup key.
     *
     * @throws IOException when the credentials do not exist or hold something else, in words for the user
     */
    public static ControllerKeys open(KeyCredentials credentials) throws IOException {
        String what = "the backup key of '" + credentials.getName() + "'";
        byte[] text = KeyText.of(credentials.getBackupKeyCredentialsId(), what);
        try {
            return new ControllerKeys(credentials, backupKey(text, credentials));
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    private static BackupKey backupKey(byte[] text, KeyCredentials credentials) throws IOException {
        AccessKey key = KeyFile.parse(text);
        if (key instanceof BackupKey backup) {
            return backup;
        }
        try (key) {
            if (key instanceof RecoveryKey recovery) {
                return recovery.backupKey();
            }
            throw new AbortException("The credentials '" + credentials.getBackupKeyCredentialsId() + "' hold a "
                    + key.kind().label() + ", but '" + credentials.getName()
                    + "' needs a backup key: export one with 'key export-backup-key', without --source.");
        }
    }

    /** Backs up every source; belongs to this. */
    public BackupKey backupKey() {
        return backupKey;
    }

    /** The key of one source, for work on the controller; the caller closes it. */
    public SourceKey sourceKey(String source) {
        return backupKey.source(source);
    }

    /**
     * The text of one source's key, for an agent; the caller wipes it. {@code KeyFile.parse} reads it.
     *
     * @throws AbortException for a JENKINS_HOME: an agent that has its key could make a false one
     */
    public byte[] exportSourceKey(String source) throws AbortException {
        if (SourceNames.isHome(source)) {
            throw new AbortException(
                    "The key of '" + source
                            + "' does not leave the controller: back up and restore a JENKINS_HOME there, outside of any node block.");
        }
        try (SourceKey key = backupKey.source(source)) {
            return KeyFile.encode(key);
        }
    }

    /** Whether contents can be read at all. */
    public boolean hasRecovery() {
        return !credentials.getRecoveryCredentialsId().isEmpty();
    }

    /**
     * Opens the recovery key, which the caller closes as soon as it can. A passphrase takes about a second and its memory.
     *
     * @param destinations opened; their key slots are used unless the credentials hold a whole recovery key
     * @throws IOException when there are no credentials for it, or they do not open it, in words for the user
     */
    public RecoveryKey recoveryKey(Destinations destinations) throws IOException {
        if (!hasRecovery()) {
            throw new AbortException("Contents cannot be read: '" + credentials.getName()
                    + "' has no recovery credentials. An administrator can choose some under Manage Jenkins, System, Proven"
                    + " Backup.");
        }
        byte[] text = KeyText.of(
                credentials.getRecoveryCredentialsId(), "what opens the contents of '" + credentials.getName() + "'");
        try {
            return proven(recoveryKey(text, destinations));
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    private RecoveryKey recoveryKey(byte[] text, Destinations destinations) throws IOException {
        HeldKey held;
        try {
            held = HeldKey.parse(text, "The secret of credentials '" + credentials.getRecoveryCredentialsId() + "'");
        } catch (NotAKeyFileException e) {
            return withPassphrase(text, destinations);
        }
        if (held instanceof HeldKey.Personal personal) {
            try (PersonalKey own = personal.key()) {
                return destinations.unlockSlot(own).key();
            }
        }
        if (held instanceof HeldKey.Access access && access.key() instanceof RecoveryKey recovery) {
            return recovery;
        }
        if (held instanceof HeldKey.Access access) {
            access.key().close();
        }
        throw new AbortException("The credentials '" + credentials.getRecoveryCredentialsId()
                + "' hold a key that does not read contents, or that needs a passphrase itself: use a passphrase, a personal"
                + " key without one, or a recovery key.");
    }

    private static RecoveryKey withPassphrase(byte[] text, Destinations destinations) throws IOException {
        CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(text));
        // The first line, as the command line reads it: text areas and editors add line ends.
        int length = 0;
        while (length < decoded.remaining() && decoded.charAt(length) != '\n' && decoded.charAt(length) != '\r') {
            length++;
        }
        char[] passphrase = new char[length];
        decoded.get(passphrase);
        Arrays.fill(decoded.array(), '\0');
        try {
            return destinations.unlock(passphrase);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    /** Who holds the backup key knows whose repository it is, so a slot that somebody else made is noticed. */
    private RecoveryKey proven(RecoveryKey key) throws RefusedException {
        if (!Arrays.equals(key.verificationKey(), backupKey.verificationKey())) {
            key.close();
            throw new RefusedException("What the recovery credentials of '" + credentials.getName()
                    + "' open belongs to another owner than the backup key: one of the two is of another repository, or"
                    + " somebody put a false one at the destinations.");
        }
        return key;
    }

    @Override
    public void close() {
        backupKey.close();
    }

    @Override
    public String toString() {
        return "keys of " + credentials.getName();
    }
}
