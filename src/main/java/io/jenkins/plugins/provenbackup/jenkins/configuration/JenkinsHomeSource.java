package io.jenkins.plugins.provenbackup.jenkins.configuration;

import hudson.Extension;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import io.jenkins.plugins.provenbackup.jenkins.access.SourceNames;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** The home directory of this Jenkins. */
public final class JenkinsHomeSource extends PolicySource {

    @DataBoundConstructor
    public JenkinsHomeSource() {
        // Everything else is optional.
    }

    /** A name that no other source can have, so that its key is known to stay on the controller. */
    @Override
    public String sourceName(BackupPolicy policy) {
        return SourceNames.ofHome(policy.getName());
    }

    @Override
    Policy.Source toPolicy(BackupPolicy policy) {
        return toPolicy(policy, Policy.SourceKind.JENKINS_HOME, List.of(), "");
    }

    /** Forms and their checks. */
    @Extension
    @Symbol("jenkinsHome")
    public static final class DescriptorImpl extends Descriptor<PolicySource> {

        @Override
        public String getDisplayName() {
            return Messages.JenkinsHomeSource_displayName();
        }

        @POST
        public FormValidation doCheckExcludes(@QueryParameter String value) {
            return FieldChecks.optional(value, PolicySource::checkedPatterns);
        }
    }
}
