package io.jenkins.plugins.provenbackup.jenkins.secrets;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.AbortException;
import hudson.security.ACL;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** The text of a key out of credentials of the system. */
final class KeyText {

    private static final int LARGEST = 1 << 20;

    private KeyText() {}

    /** The caller wipes it. */
    static byte[] of(String id, String what) throws IOException {
        StandardCredentials found = CredentialsProvider.findCredentialByIdInItemGroup(
                id, StandardCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of());
        if (found instanceof StringCredentials text) {
            return text.getSecret().getPlainText().getBytes(StandardCharsets.UTF_8);
        }
        if (found instanceof FileCredentials file) {
            try (InputStream in = file.getContent()) {
                return in.readNBytes(LARGEST);
            }
        }
        throw new AbortException((found == null
                        ? "There are no credentials '" + id + "', which should hold "
                        : "The credentials '" + id
                                + "' are neither a secret text nor a secret file, which should hold ")
                + what + ". Choose others under Manage Jenkins, System, Proven Backup.");
    }
}
