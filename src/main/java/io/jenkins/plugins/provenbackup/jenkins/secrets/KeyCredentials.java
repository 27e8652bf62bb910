package io.jenkins.plugins.provenbackup.jenkins.secrets;

/** Which credentials hold the keys of a repository. */
public interface KeyCredentials {

    /** For messages. */
    String getName();

    /** Id of a secret text or file with a backup key. */
    String getBackupKeyCredentialsId();

    /** Id of a secret text or file with a passphrase, a personal key or a recovery key; empty for none. */
    String getRecoveryCredentialsId();
}
