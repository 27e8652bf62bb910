package io.jenkins.plugins.provenbackup.jenkins.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.provenbackup.jenkins.access.Granted;
import io.jenkins.plugins.provenbackup.jenkins.execution.OnIncomplete;
import io.jenkins.plugins.provenbackup.jenkins.execution.RestoreParameters;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Restores a snapshot, or part of it, into the workspace. */
public final class RestoreStep extends Step implements Serializable {

    private static final long serialVersionUID = 1L;

    private final RestoreParameters parameters = new RestoreParameters();

    /** Everything is optional. */
    @DataBoundConstructor
    public RestoreStep() {
        // See the setters.
    }

    /** What was typed. */
    public RestoreParameters parameters() {
        return parameters;
    }

    /**
     * What becomes of a build when something is missing.
     *
     * @throws AbortException when there is no such result
     */
    public OnIncomplete onIncomplete() throws AbortException {
        return OnIncomplete.of(parameters.onIncomplete, OnIncomplete.FAILURE);
    }

    @Override
    public StepExecution start(StepContext context) throws AbortException {
        onIncomplete();
        return new RestoreStepExecution(context, this);
    }

    /** latest or the beginning of an id; empty for the latest. */
    public String getSnapshot() {
        return parameters.snapshot;
    }

    @DataBoundSetter
    public void setSnapshot(String snapshot) {
        parameters.snapshot = Util.fixNull(snapshot).strip();
    }

    /** Name of a policy; empty for none. */
    public String getPolicy() {
        return parameters.policy;
    }

    @DataBoundSetter
    public void setPolicy(String policy) {
        parameters.policy = Util.fixNull(policy).strip();
    }

    /** The path that this job backed up, or with a policy the name of one of its sources. */
    public String getSource() {
        return parameters.source;
    }

    @DataBoundSetter
    public void setSource(String source) {
        parameters.source = Util.fixNull(source).strip();
    }

    /** The name under which this job backed up a command's output; empty for none. */
    public String getName() {
        return parameters.name;
    }

    @DataBoundSetter
    public void setName(String name) {
        parameters.name = Util.fixNull(name).strip();
    }

    /** The location that this job backed up, as a URI; empty for none. */
    public String getLocation() {
        return parameters.location;
    }

    @DataBoundSetter
    public void setLocation(String location) {
        parameters.location = Util.fixNull(location).strip();
    }

    /** Destinations, one a line, the preferred one first; empty for the policy's. */
    public String getFrom() {
        return parameters.from;
    }

    @DataBoundSetter
    public void setFrom(String from) {
        parameters.from = Util.fixNull(from).strip();
    }

    /** Credentials of the build for destinations that are given as URIs. */
    public String getCredentialsId() {
        return parameters.credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        parameters.credentialsId = Util.fixNull(credentialsId).strip();
    }

    /** Name of the repository keys, where all destinations are URIs. */
    public String getKeys() {
        return parameters.keys;
    }

    @DataBoundSetter
    public void setKeys(String keys) {
        parameters.keys = Util.fixNull(keys).strip();
    }

    /** Bytes per second, like 10M; empty for no limit. */
    public String getLimitDownload() {
        return parameters.limitDownload;
    }

    @DataBoundSetter
    public void setLimitDownload(String limitDownload) {
        parameters.limitDownload = Util.fixNull(limitDownload).strip();
    }

    /** Where to in the workspace; empty for the workspace itself. */
    public String getTo() {
        return parameters.to;
    }

    @DataBoundSetter
    public void setTo(String to) {
        parameters.to = Util.fixNull(to).strip();
    }

    /** Patterns of gitignore syntax, one a line; empty for everything. */
    public String getIncludes() {
        return parameters.includes;
    }

    @DataBoundSetter
    public void setIncludes(String includes) {
        parameters.includes = Util.fixNull(includes).strip();
    }

    /** never, if-changed or always; empty for if-changed. */
    public String getOverwrite() {
        return parameters.overwrite;
    }

    @DataBoundSetter
    public void setOverwrite(String overwrite) {
        parameters.overwrite = Util.fixNull(overwrite).strip();
    }

    /** Whether what the snapshot does not have is deleted. */
    public boolean isDelete() {
        return parameters.delete;
    }

    @DataBoundSetter
    public void setDelete(boolean delete) {
        parameters.delete = delete;
    }

    /** Whether everything belongs to who restores. */
    public boolean isNoOwner() {
        return parameters.noOwner;
    }

    @DataBoundSetter
    public void setNoOwner(boolean noOwner) {
        parameters.noOwner = noOwner;
    }

    /** Whether nothing is written. */
    public boolean isDryRun() {
        return parameters.dryRun;
    }

    @DataBoundSetter
    public void setDryRun(boolean dryRun) {
        parameters.dryRun = dryRun;
    }

    /** FAILURE, UNSTABLE or SUCCESS; empty for FAILURE. */
    public String getOnIncomplete() {
        return parameters.onIncomplete;
    }

    @DataBoundSetter
    public void setOnIncomplete(String onIncomplete) {
        parameters.onIncomplete = Util.fixNull(onIncomplete).strip();
    }

    /** Forms and their checks. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor implements CustomDescribableModel {

        @Override
        public String getFunctionName() {
            return "restore";
        }

        @Override
        public String getDisplayName() {
            return Messages.RestoreStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }

        @Override
        public Map<String, Object> customInstantiate(Map<String, Object> arguments) {
            return Typed.asText(arguments, "from", "includes");
        }

        @Override
        public UninstantiatedDescribable customUninstantiate(UninstantiatedDescribable step) {
            return Typed.asTyped(step);
        }

        /** The policies. */
        @POST
        public ListBoxModel doFillPolicyItems(@AncestorInPath Item item, @QueryParameter String policy) {
            return Choices.policies(item, Granted.Purpose.RESTORE, policy);
        }

        /** The keys. */
        @POST
        public ListBoxModel doFillKeysItems(@AncestorInPath Item item, @QueryParameter String keys) {
            return Choices.keys(item, keys);
        }

        /** Credentials that this job may use. */
        @POST
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            return Choices.credentials(item, credentialsId);
        }

        /** What may be chosen. */
        public ListBoxModel doFillOverwriteItems() {
            return Choices.of("", "never", "if-changed", "always");
        }

        /** What may be chosen. */
        public ListBoxModel doFillOnIncompleteItems() {
            return Choices.of("", "FAILURE", "UNSTABLE", "SUCCESS");
        }

        /** Says what is wrong with it. */
        @POST
        public FormValidation doCheckFrom(@AncestorInPath Item item, @QueryParameter String value) {
            return Choices.check(item, () -> Choices.requireDestinations(value));
        }

        /** Says what is wrong with it. */
        @POST
        public FormValidation doCheckTo(@AncestorInPath Item item, @QueryParameter String value) {
            return Choices.check(item, () -> Choices.requireInside(value));
        }

        /** Says what is wrong with it. */
        @POST
        public FormValidation doCheckIncludes(@AncestorInPath Item item, @QueryParameter String value) {
            return Choices.check(item, () -> Choices.requirePatterns(value));
        }

        /** Says what is wrong with it. */
        @POST
        public FormValidation doCheckSnapshot(@AncestorInPath Item item, @QueryParameter String value) {
            return Choices.check(item, () -> Choices.requireSnapshot(value));
        }

        /** Says what is wrong with it. */
        @POST
        public FormValidation doCheckLimitDownload(@AncestorInPath Item item, @QueryParameter String value) {
            return Choices.check(item, () -> Choices.requireRate(value));
        }
    }
}
