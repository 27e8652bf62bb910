package io.jenkins.plugins.provenbackup.jenkins.configuration;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.model.Item;
import hudson.model.Job;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.provenbackup.engine.source.BadPatternException;
import io.jenkins.plugins.provenbackup.jenkins.access.BackupPermissions;
import io.jenkins.plugins.provenbackup.jenkins.access.JobPatterns;
import io.jenkins.plugins.provenbackup.jenkins.access.SourceNames;
import java.io.IOException;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Checks of fields that several forms have. Each refuses who may not configure backups. */
final class FieldChecks {

    /** Fails when a value is not good. */
    interface Check {
        /** What there is to say of a good value; may be empty. */
        String of(String value) throws IOException, BadPatternException;
    }

    private FieldChecks() {}

    static void requireConfigure() {
        Jenkins.get().checkPermission(BackupPermissions.CONFIGURE);
    }

    /** Of a field that may be empty. */
    static FormValidation optional(String value, Check check) {
        requireConfigure();
        String given = value == null ? "" : value.strip();
        return given.isEmpty() ? FormValidation.ok() : checked(given, check);
    }

    /** Of a field that may not. */
    static FormValidation required(String value, String whenEmpty, Check check) {
        requireConfigure();
        String given = value == null ? "" : value.strip();
        return given.isEmpty() ? FormValidation.error(whenEmpty) : checked(given, check);
    }

    private static FormValidation checked(String given, Check check) {
        try {
            String remark = check.of(given);
            return remark.isEmpty() ? FormValidation.ok() : FormValidation.ok(remark);
        } catch (IllegalArgumentException | IOException | BadPatternException e) {
            return FormValidation.error(sentence(e.getMessage()));
        }
    }

    static String sentence(String message) {
        String text = message == null ? Messages.FieldChecks_wrong() : message;
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    static FormValidation name(String value) {
        return required(value, Messages.FieldChecks_nameMissing(), given -> {
            SourceNames.requirePlain(given);
            return "";
        });
    }

    static FormValidation count(String value, int least) {
        return optional(value, given -> {
            int number;
            try {
                number = Integer.parseInt(given);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(Messages.FieldChecks_noNumber(), e);
            }
            if (number < least) {
                throw new IllegalArgumentException(Messages.FieldChecks_tooSmall(least));
            }
            return "";
        });
    }

    /** Says which jobs are meant by now. */
    static FormValidation jobs(String value) {
        requireConfigure();
        if (value == null || value.isBlank()) {
            return FormValidation.ok(Messages.FieldChecks_noJob());
        }
        return optional(value, given -> {
            JobPatterns patterns = JobPatterns.parse(given);
            List<String> names = Jenkins.get().getAllItems(Job.class).stream()
                    .filter(patterns::matches)
                    .map(Item::getFullName)
                    .sorted()
                    .toList();
            return names.isEmpty()
                    ? Messages.FieldChecks_noSuchJob()
                    : Messages.FieldChecks_jobs(names.size(), shortened(names));
        });
    }

    private static String shortened(List<String> names) {
        String shown = String.join(", ", names.subList(0, Math.min(5, names.size())));
        return names.size() > 5 ? shown + ", ..." : shown;
    }

    /** Credentials that open destinations. */
    static ListBoxModel logins(String current) {
        return credentials(
                current,
                CredentialsMatchers.anyOf(
                        CredentialsMatchers.instanceOf(StandardUsernamePasswordCredentials.class),
                        CredentialsMatchers.instanceOf(SSHUserPrivateKey.class)));
    }

    /** Credentials that hold keys and passphrases. */
    static ListBoxModel secrets(String current) {
        return credentials(
                current,
                CredentialsMatchers.anyOf(
                        CredentialsMatchers.instanceOf(StringCredentials.class),
                        CredentialsMatchers.instanceOf(FileCredentials.class)));
    }

    private static ListBoxModel credentials(String current, CredentialsMatcher matcher) {
        String value = current == null ? "" : current;
        if (!Jenkins.get().hasPermission(BackupPermissions.CONFIGURE)) {
            return new StandardListBoxModel().includeEmptyValue().includeCurrentValue(value);
        }
        return new StandardListBoxModel()
                .includeEmptyValue()
                .includeMatchingAs(ACL.SYSTEM2, Jenkins.get(), StandardCredentials.class, List.of(), matcher)
                .includeCurrentValue(value);
    }
}
