package io.jenkins.plugins.provenbackup.jenkins.configuration;

import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.provenbackup.jenkins.secrets.ControllerKeys;
import io.jenkins.plugins.provenbackup.jenkins.secrets.KeyCredentials;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Which credentials hold the keys of a repository, which may lie at several destinations. */
public final class RepositoryKeys implements Describable<RepositoryKeys>, KeyCredentials {

    private final String name;
    private final String backupKeyCredentialsId;
    private String recoveryCredentialsId = "";

    @DataBoundConstructor
    public RepositoryKeys(String name, String backupKeyCredentialsId) {
        this.name = Util.fixNull(name).strip();
        this.backupKeyCredentialsId = Util.fixNull(backupKeyCredentialsId);
    }

    /** Unique among all keys. */
    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getBackupKeyCredentialsId() {
        return backupKeyCredentialsId;
    }

    @Override
    public String getRecoveryCredentialsId() {
        return recoveryCredentialsId;
    }

    @DataBoundSetter
    public void setRecoveryCredentialsId(String recoveryCredentialsId) {
        this.recoveryCredentialsId = Util.fixNull(recoveryCredentialsId);
    }

    /** Forms and their checks. */
    @Extension
    @Symbol("repositoryKeys")
    public static final class DescriptorImpl extends Descriptor<RepositoryKeys> {

        @Override
        public String getDisplayName() {
            return Messages.RepositoryKeys_displayName();
        }

        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            return FieldChecks.name(value);
        }

        @POST
        public ListBoxModel doFillBackupKeyCredentialsIdItems(@QueryParameter String backupKeyCredentialsId) {
            return FieldChecks.secrets(backupKeyCredentialsId);
        }

        @POST
        public ListBoxModel doFillRecoveryCredentialsIdItems(@QueryParameter String recoveryCredentialsId) {
            return FieldChecks.secrets(recoveryCredentialsId);
        }

        /** Opens the key, and says which repository it is for. */
        @POST
        public FormValidation doCheckBackupKeyCredentialsId(@QueryParameter String value) {
            return FieldChecks.required(value, Messages.RepositoryKeys_backupKeyMissing(), given -> {
                try (ControllerKeys opened = ControllerKeys.open(new RepositoryKeys("", given))) {
                    return Messages.RepositoryKeys_backupKey(
                            opened.backupKey().repositoryId().toString(),
                            opened.backupKey().newestEpoch());
                }
            });
        }

        @POST
        public FormValidation doCheckRecoveryCredentialsId(@QueryParameter String value) {
            FieldChecks.requireConfigure();
            return Util.fixNull(value).isEmpty()
                    ? FormValidation.ok(Messages.RepositoryKeys_recoveryMissing())
                    : FormValidation.ok();
        }
    }
}
