package io.jenkins.plugins.provenbackup.jenkins.start;

import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import hudson.util.Secret;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.jenkins.configuration.DestinationFields;
import java.nio.file.Path;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The five answers that are needed. */
public final class StartForm implements Describable<StartForm> {

    private final String firstLocation;
    private String firstCredentialsId = "";
    private String secondLocation = "";
    private String secondCredentialsId = "";
    private transient Secret passphrase = Secret.fromString("");

    @DataBoundConstructor
    public StartForm(String firstLocation) {
        this.firstLocation = Util.fixNull(firstLocation).strip();
    }

    public String getFirstLocation() {
        return firstLocation;
    }

    public String getFirstCredentialsId() {
        return firstCredentialsId;
    }

    @DataBoundSetter
    public void setFirstCredentialsId(String firstCredentialsId) {
        this.firstCredentialsId = Util.fixNull(firstCredentialsId);
    }

    /** Empty for one destination only. */
    public String getSecondLocation() {
        return secondLocation;
    }

    @DataBoundSetter
    public void setSecondLocation(String secondLocation) {
        this.secondLocation = Util.fixNull(secondLocation).strip();
    }

    public String getSecondCredentialsId() {
        return secondCredentialsId;
    }

    @DataBoundSetter
    public void setSecondCredentialsId(String secondCredentialsId) {
        this.secondCredentialsId = Util.fixNull(secondCredentialsId);
    }

    @DataBoundSetter
    public void setPassphrase(Secret passphrase) {
        this.passphrase = passphrase == null ? Secret.fromString("") : passphrase;
    }

    /** For the caller to wipe; empty when one is to be made up. */
    char[] passphrase() {
        return passphrase.getPlainText().toCharArray();
    }

    /** Checks of the answers. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<StartForm> {

        private static final int SHORTEST = 12;

        @Override
        public String getDisplayName() {
            return Messages.StartForm_displayName();
        }

        @POST
        public FormValidation doCheckFirstLocation(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return Util.fixNull(value).isBlank()
                    ? FormValidation.ok(Messages.StartForm_firstMissing())
                    : location(value);
        }

        @POST
        public FormValidation doCheckSecondLocation(
                @QueryParameter String value, @QueryParameter String firstLocation) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            if (Util.fixNull(value).isBlank()) {
                return FormValidation.warning(Messages.StartForm_secondMissing());
            }
            return value.strip().equals(Util.fixNull(firstLocation).strip())
                    ? FormValidation.error(Messages.StartForm_same())
                    : location(value);
        }

        @POST
        public FormValidation doCheckPassphrase(@QueryParameter Secret value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            int length = value == null ? 0 : value.getPlainText().length();
            if (length == 0) {
                return FormValidation.ok(Messages.StartForm_madeUp());
            }
            return length < SHORTEST ? FormValidation.warning(Messages.StartForm_short(SHORTEST)) : FormValidation.ok();
        }

        @POST
        public ListBoxModel doFillFirstCredentialsIdItems(@QueryParameter String firstCredentialsId) {
            return DestinationFields.credentials(firstCredentialsId);
        }

        @POST
        public ListBoxModel doFillSecondCredentialsIdItems(@QueryParameter String secondCredentialsId) {
            return DestinationFields.credentials(secondCredentialsId);
        }

        static FormValidation location(String value) {
            try {
                StorageLocation place = DestinationFields.location(value.strip());
                if (place.isLocal() && isInside(Path.of(place.path()))) {
                    return FormValidation.error(Messages.StartForm_inside());
                }
                return place.isLocal() ? FormValidation.ok(Messages.StartForm_local()) : FormValidation.ok();
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        private static boolean isInside(Path place) {
            return place.normalize()
                    .startsWith(Jenkins.get().getRootDir().toPath().toAbsolutePath());
        }
    }
}
