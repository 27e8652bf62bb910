package io.jenkins.plugins.provenbackup.jenkins.configuration;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import io.jenkins.plugins.provenbackup.jenkins.access.SourceNames;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A folder on a server, as a VFS location. */
public final class LocationSource extends PolicySource {

    private final String location;
    private String credentialsId = "";

    @DataBoundConstructor
    public LocationSource(String location) {
        this.location = Util.fixNull(location).strip();
    }

    /** A URI without a password. */
    public String getLocation() {
        return location;
    }

    /** Of who may read there; empty for none. */
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixNull(credentialsId);
    }

    @Override
    public boolean isOnController() {
        return true;
    }

    @Override
    Policy.Source toPolicy(BackupPolicy policy) {
        return toPolicy(policy, Policy.SourceKind.FILES, List.of(location), "");
    }

    /** Forms and their checks. */
    @Extension
    @Symbol("location")
    public static final class DescriptorImpl extends Descriptor<PolicySource> {

        @Override
        public String getDisplayName() {
            return Messages.LocationSource_displayName();
        }

        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            return FieldChecks.optional(value, given -> {
                SourceNames.ofPolicy("", given);
                return "";
            });
        }

        @POST
        public FormValidation doCheckExcludes(@QueryParameter String value) {
            return FieldChecks.optional(value, PolicySource::checkedPatterns);
        }

        @POST
        public FormValidation doCheckLocation(@QueryParameter String value) {
            return FieldChecks.required(value, Messages.LocationSource_missing(), given -> {
                if (Locations.checked(given).isLocal()) {
                    throw new IllegalArgumentException(Messages.LocationSource_local());
                }
                return "";
            });
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@QueryParameter String credentialsId) {
            return FieldChecks.logins(credentialsId);
        }
    }
}
