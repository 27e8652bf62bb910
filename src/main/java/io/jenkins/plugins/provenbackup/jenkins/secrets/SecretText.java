package io.jenkins.plugins.provenbackup.jenkins.secrets;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import hudson.AbortException;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Secret texts out of credentials of the system, for what is sent elsewhere. */
public final class SecretText {

    private SecretText() {}

    /**
     * The text.
     *
     * @throws AbortException when there are no such credentials
     */
    public static String of(String id) throws AbortException {
        StandardCredentials found = CredentialsProvider.findCredentialByIdInItemGroup(
                id, StandardCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of());
        if (found instanceof StringCredentials text) {
            return text.getSecret().getPlainText();
        }
        throw new AbortException(
                "The credentials '" + id + "' " + (found == null ? "do not exist" : "are no secret text")
                        + ". Choose others under Manage Jenkins, System, Proven Backup alerts.");
    }

    /** All that there are, for an administrator's form; {@code current} is always among them. */
    public static ListBoxModel ids(String current) {
        return new StandardListBoxModel()
                .includeEmptyValue()
                .includeMatchingAs(
                        ACL.SYSTEM2,
                        Jenkins.get(),
                        StandardCredentials.class,
                        List.of(),
                        CredentialsMatchers.instanceOf(StringCredentials.class))
                .includeCurrentValue(current);
    }
}
