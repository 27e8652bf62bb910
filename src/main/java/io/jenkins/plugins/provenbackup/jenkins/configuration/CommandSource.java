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

/** What a command writes to its standard output, where the job that uses the policy runs. */
public final class CommandSource extends PolicySource {

    private final String command;

    @DataBoundConstructor
    public CommandSource(String command) {
        this.command = Util.fixNull(command).strip();
    }

    /** For the shell. */
    public String getCommand() {
        return command;
    }

    @Override
    Policy.Source toPolicy(BackupPolicy policy) {
        return toPolicy(policy, Policy.SourceKind.COMMAND, List.of(), command);
    }

    /** Forms and their checks. */
    @Extension
    @Symbol("command")
    public static final class DescriptorImpl extends Descriptor<PolicySource> {

        @Override
        public String getDisplayName() {
            return Messages.CommandSource_displayName();
        }

        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            return FieldChecks.optional(value, given -> {
                SourceNames.ofPolicy("", given);
                return "";
            });
        }

        @POST
        public FormValidation doCheckCommand(@QueryParameter String value) {
            return FieldChecks.required(value, Messages.CommandSource_missing(), given -> "");
        }
    }
}
