package io.jenkins.plugins.provenbackup.jenkins.secrets;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.AbortException;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.util.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * User and secrets out of credentials. The arrays belong to whoever takes the login; empty ones stand for none.
 *
 * @param user may be empty
 * @param password of the user, or an AWS secret key
 * @param privateKey of SSH, as text
 * @param passphrase of the private key
 */
record Login(String user, char[] password, byte[] privateKey, char[] passphrase) {

    private static final char[] NOTHING = new char[0];

    static Login ofSystem(String id) throws AbortException {
        if (id.isEmpty()) {
            return none();
        }
        StandardCredentials found = CredentialsProvider.findCredentialByIdInItemGroup(
                id, StandardCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of());
        return of(found, id, "Choose others under Manage Jenkins, System, Proven Backup.");
    }

    static Login ofRun(String id, Run<?, ?> run) throws AbortException {
        if (id.isEmpty()) {
            return none();
        }
        StandardCredentials found =
                CredentialsProvider.findCredentialById(id, StandardCredentials.class, run, List.of());
        return of(
                found, id, "Give the id of credentials that '" + run.getParent().getFullName() + "' may use.");
    }

    private static Login none() {
        return new Login("", NOTHING, new byte[0], NOTHING);
    }

    private static Login of(StandardCredentials found, String id, String wayOut) throws AbortException {
        if (found instanceof SSHUserPrivateKey key) {
            List<String> keys = key.getPrivateKeys();
            if (keys.isEmpty()) {
                throw new AbortException("The credentials '" + id + "' hold no private key. " + wayOut);
            }
            return new Login(
                    String.valueOf(key.getUsername()),
                    NOTHING,
                    keys.get(0).getBytes(StandardCharsets.UTF_8),
                    plain(key.getPassphrase()));
        }
        if (found instanceof StandardUsernamePasswordCredentials user) {
            return new Login(user.getUsername(), plain(user.getPassword()), new byte[0], NOTHING);
        }
        if (found instanceof StringCredentials text) {
            return new Login("", plain(text.getSecret()), new byte[0], NOTHING);
        }
        throw new AbortException(
                found == null
                        ? "There are no credentials '" + id + "', or not for this. " + wayOut
                        : "The credentials '" + id
                                + "' open no destination: they are neither user and password, nor an SSH private key, nor"
                                + " a secret text. "
                                + wayOut);
    }

    private static char[] plain(Secret secret) {
        return secret == null ? NOTHING : secret.getPlainText().toCharArray();
    }

    @Override
    public String toString() {
        return "login of " + user;
    }
}
