package io.jenkins.plugins.provenbackup.jenkins.steps;

import hudson.AbortException;
import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.provenbackup.jenkins.access.Granted;
import io.jenkins.plugins.provenbackup.jenkins.drill.DrillWish;
import io.jenkins.plugins.provenbackup.jenkins.execution.OnIncomplete;
import io.jenkins.plugins.provenbackup.jenkins.execution.RestoreParameters;
import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * Proves that a snapshot comes back: restores it, compares every byte, measures the time, and runs its body, if it has one, in the
 * restored tree.
 */
public final class VerifyRestoreStep extends Step implements Serializable {

    private static final long serialVersionUID = 1L;

    private final RestoreParameters parameters = new RestoreParameters();

    /** Everything is optional. */
    @DataBoundConstructor
    public VerifyRestoreStep() {
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
    public OnIncomplete onFailure() throws AbortException {
        return OnIncomplete.of(parameters.onFailure, OnIncomplete.FAILURE);
    }

    /**
     * Makes sure that what was typed goes together.
     *
     * @throws AbortException when it does not, in words for the user
     */
    public void requireSense() throws AbortException {
        Optional<String> problem = DrillWish.problem(parameters);
        if (problem.isPresent()) {
            throw new AbortException(problem.get());
        }
    }

    @Override
    public StepExecution start(StepContext context) throws AbortException {
        onFailure();
        requireSense();
        return parameters.drill ? new DrillStepExecution(context, this) : new VerifyRestoreStepExecution(context, this);
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

    /** How old the newest recovery point may be, like 24h; empty for what the policy says. */
    public String getRpo() {
        return parameters.rpo;
    }

    @DataBoundSetter
    public void setRpo(String rpo) {
        parameters.rpo = Util.fixNull(rpo).strip();
    }

    /** How long the restore may take, like 30m; empty for what the policy says. */
    public String getRto() {
        return parameters.rto;
    }

    @DataBoundSetter
    public void setRto(String rto) {
        parameters.rto = Util.fixNull(rto).strip();
    }

    /** FAILURE, UNSTABLE or SUCCESS; empty for FAILURE. */
    public String getOnFailure() {
        return parameters.onFailure;
    }

    @DataBoundSetter
    public void setOnFailure(String onFailure) {
        parameters.onFailure = Util.fixNull(onFailure).strip();
    }

    /** Whether the restored JENKINS_HOME is started. */
    public boolean isBoot() {
        return parameters.boot;
    }

    @DataBoundSetter
    public void setBoot(boolean boot) {
        parameters.boot = boot;
    }

    /** Whether everything that the policy protects is restored, from its worst destination. */
    public boolean isDrill() {
        return parameters.drill;
    }

    @DataBoundSetter
    public void setDrill(boolean drill) {
        parameters.drill = drill;
    }

    /** Forms and their checks. */
    @Extension
    public static final class DescriptorImpl extends StepDescriptor implements CustomDescribableModel {

        @Override
        public String getFunctionName() {
            return "verifyRestore";
        }

        @Override
        public String getDisplayName() {
            return Messages.VerifyRestoreStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }

        /** A body, or none. */
        @Override
        public boolean takesImplicitBlockArgument() {
            return OptionalBody.isTaken();
        }

        @Override
        public Set<? extends Class<?>> getProvidedContext() {
            return Set.of(FilePath.class, EnvironmentExpander.class);
        }

        @Override
        public Map<String, Object> customInstantiate(Map<String, Object> arguments) {
            return Typed.asText(arguments, "from");
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
        public ListBoxModel doFillOnFailureItems() {
            return Choices.of("", "FAILURE", "UNSTABLE", "SUCCESS");
        }

        /** Says what is wrong with it. */
        @POST
        public FormValidation doCheckFrom(@AncestorInPath Item item, @QueryParameter String value) {
            return Choices.check(item, () -> Choices.requireDestinations(value));
        }

        /** Says what is wrong with it. */
        @POST
        public FormValidation doCheckSnapshot(@AncestorInPath Item item, @QueryParameter String value) {
            return Choices.check(item, () -> Choices.requireSnapshot(value));
        }

        /** Says what is wrong with it. */
        @POST
        public FormValidation doCheckRpo(@AncestorInPath Item item, @QueryParameter String value) {
            return Choices.check(item, () -> Choices.requireTime(value));
        }

        /** Says what is wrong with it. */
        @POST
        public FormValidation doCheckRto(@AncestorInPath Item item, @QueryParameter String value) {
            return Choices.check(item, () -> Choices.requireTime(value));
        }

        /** Says what is wrong with it. */
        @POST
        public FormValidation doCheckLimitDownload(@AncestorInPath Item item, @QueryParameter String value) {
            return Choices.check(item, () -> Choices.requireRate(value));
        }
    }
}
