package io.jenkins.plugins.provenbackup.jenkins.configuration;

import hudson.Extension;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import io.jenkins.plugins.provenbackup.jenkins.access.SourceNames;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A folder or file in the workspace of the job that uses the policy. */
public final class WorkspaceSource extends PolicySource {

    private final String path;

    @DataBoundConstructor
    public WorkspaceSource(String path) {
        this.path = Util.fixNull(path).strip();
    }

    /** Relative, with slashes; empty for the whole workspace. */
    public String getPath() {
        return path;
    }

    @Override
    Policy.Source toPolicy(BackupPolicy policy) {
        return toPolicy(policy, Policy.SourceKind.FILES, List.of(path.isEmpty() ? "." : path), "");
    }

    /** Forms and their checks. */
    @Extension
    @Symbol("workspace")
    public static final class DescriptorImpl extends Descriptor<PolicySource> {

        @Override
        public String getDisplayName() {
            return Messages.WorkspaceSource_displayName();
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
        public FormValidation doCheckPath(@QueryParameter String value) {
            return FieldChecks.optional(value, given -> {
                if (given.startsWith("/") || given.contains("\\") || ("/" + given + "/").contains("/../")) {
                    throw new IllegalArgumentException(Messages.WorkspaceSource_outside());
                }
                return "";
            });
        }
    }
}
