package io.jenkins.plugins.provenbackup.jenkins.configuration;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

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
    }
}
