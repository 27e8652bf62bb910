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
import io.jenkins.plugins.provenbackup.jenkins.execution.BackupParameters;
import io.jenkins.plugins.provenbackup.jenkins.execution.OnIncomplete;
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

/** Backs up part of the workspace, the output of a command, or what a policy says. */
public final class BackupStep extends Step implements Serializable {

    private static final long serialVersionUID = 1L;

    private final BackupParameters parameters = new BackupParameters();

    /** Everything is optional. */
    @DataBoundConstructor
    public BackupStep() {
        // See the setters.
    }

    /** What was typed. */
    public BackupParameters parameters() {
        return parameters;
    }

    /**
     * What becomes of a build when something is missing.
     *
     * @throws AbortException when there is no such result
     */
    public OnIncomplete onIncomplete() throws AbortException {
        return OnIncomplete.of(parameters.onIncomplete, OnIncomplete.UNSTABLE);
    }

    @Override
    public StepExecution start(StepContext context) throws AbortException {
        onIncomplete();
        return new BackupStepExecution(context, this);
    }

    /** Name of a policy; empty for none. */
    public String getPolicy() {
        return parameters.policy;
    }

    @DataBoundSetter
    public void setPolicy(String policy) {
        parameters.policy = Util.fixNull(policy).strip();
    }

    /** A path in the workspace, or with a policy the name of one of its sources; empty for the whole workspace or all sources. */
    public String getSource() {
        return parameters.source;
    }

    @DataBoundSetter
    public void setSource(String source) {
        parameters.source = Util.fixNull(source).strip();
    }

    /** A shell command whose output is backed up; empty for none. */
    public String getCommand() {
        return parameters.command;
    }

    @DataBoundSetter
    public void setCommand(String command) {
        parameters.command = Util.fixNull(command).strip();
    }

    /** The name of the file that the output becomes. */
    public String getName() {
        return parameters.name;
    }

    @DataBoundSetter
    public void setName(String name) {
        parameters.name = Util.fixNull(name).strip();
    }

    /** A folder on a server, as a URI; empty for none. */
    public String getLocation() {
        return parameters.location;
    }

    @DataBoundSetter
    public void setLocation(String location) {
        parameters.location = Util.fixNull(location).strip();
    }

    /** incremental, differential or full; empty for what the policy says is due, or incremental. */
    public String getType() {
        return parameters.type;
    }

    @DataBoundSetter
    public void setType(String type) {
        parameters.type = Util.fixNull(type).strip();
    }

    /** Names of destinations, one a line; empty for the policy's. */
    public String getDestinations() {
        return parameters.destinations;
    }

    @DataBoundSetter
    public void setDestinations(String destinations) {
        parameters.destinations = Util.fixNull(destinations).strip();
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

    /** Patterns of gitignore syntax, one a line. */
    public String getExcludes() {
        return parameters.excludes;
    }

    @DataBoundSetter
    public void setExcludes(String excludes) {
        parameters.excludes = Util.fixNull(excludes).strip();
    }

    /** A file in the workspace with more of them. */
    public String getExcludeFile() {
        return parameters.excludeFile;
    }

    @DataBoundSetter
    public void setExcludeFile(String excludeFile) {
        parameters.excludeFile = Util.fixNull(excludeFile).strip();
    }

    /** Whether what lies beside a CACHEDIR.TAG is left out. */
    public boolean isExcludeCaches() {
        return parameters.excludeCaches;
    }

    @DataBoundSetter
    public void setExcludeCaches(boolean excludeCaches) {
        parameters.excludeCaches = excludeCaches;
    }

    /** Whether mount points are not entered. */
    public boolean isOneFileSystem() {
        return parameters.oneFileSystem;
    }

    @DataBoundSetter
    public void setOneFileSystem(boolean oneFileSystem) {
        parameters.oneFileSystem = oneFileSystem;
    }

    /** How many destinations must have the snapshot; 0 for what the policy says, or all. */
    public int getMinCopies() {
        return parameters.minCopies;
    }

    @DataBoundSetter
    public void setMinCopies(int minCopies) {
        parameters.minCopies = minCopies;
    }

    /** Lines like app=shop. */
    public String getTags() {
        return parameters.tags;
    }

    @DataBoundSetter
    public void setTags(String tags) {
        parameters.tags = Util.fixNull(tags).strip();
    }

    /** Bytes per second, like 10M; empty for no limit. */
    public String getLimitUpload() {
        return parameters.limitUpload;
    }

    @DataBoundSetter
    public void setLimitUpload(String limitUpload) {
        parameters.limitUpload = Util.fixNull(limitUpload).strip();
    }

    /** Minutes for destinations that missed snapshots; -1 for the usual ten. */
    public int getCatchUp() {
        return parameters.catchUp;
    }

    @DataBoundSetter
    public void setCatchUp(int catchUp) {
        parameters.catchUp = catchUp;
    }

    /** Whether nothing is written. */
    public boolean isDryRun() {
        return parameters.dryRun;
    }

    @DataBoundSetter
    public void setDryRun(boolean dryRun) {
        parameters.dryRun = dryRun;
    }

    /** Whether a changed inode number alone is no change. */
    public boolean isIgnoreInode() {
        return parameters.ignoreInode;
    }

    @DataBoundSetter
    public void setIgnoreInode(boolean ignoreInode) {
        parameters.ignoreInode = ignoreInode;
    }

    /** Whether a changed ctime alone is no change. */
    public boolean isIgnoreCtime() {
        return parameters.ignoreCtime;
    }

    @DataBoundSetter
    public void setIgnoreCtime(boolean ignoreCtime) {
        parameters.ignoreCtime = ignoreCtime;
    }

    /** UNSTABLE, FAILURE or SUCCESS; empty for UNSTABLE. */
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
            return "backup";
        }

        @Override
        public String getDisplayName() {
            return Messages.BackupStep_displayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }

        @Override
        public Map<String, Object> customInstantiate(Map<String, Object> arguments) {
            return Typed.asText(arguments, "destinations", "excludes", "tags");
        }

        @Override
        public UninstantiatedDescribable customUninstantiate(UninstantiatedDescribable step) {
            return Typed.asTyped(step);
        }

        /** The policies. */
        @POST
        public ListBoxModel doFillPolicyItems(@AncestorInPath Item item, @QueryParameter String policy) {
            return Choices.policies(item, Granted.Purpose.BACK_UP, policy);
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
        public ListBoxModel doFillTypeItems() {
            return Choices.of("", "incremental", "differential", "full");
        }

        /** What may be chosen. */
        public ListBoxModel doFillOnIncompleteItems() {
            return Choices.of("", "UNSTABLE", "FAILURE", "SUCCESS");
        }

        /** Says what is wrong with it. */
        @POST
        public FormValidation doCheckDestinations(@AncestorInPath Item item, @QueryParameter String value) {
            return Choices.check(item, () -> Choices.requireDestinations(value));
        }

        /** Says what is wrong with it. */
        @POST
        public FormValidation doCheckSource(@AncestorInPath Item item, @QueryParameter String value) {
            return Choices.check(item, () -> Choices.requireInside(value));
        }

        /** Says what is wrong with it. */
        @POST
        public FormValidation doCheckExcludeFile(@AncestorInPath Item item, @QueryParameter String value) {
            return Choices.check(item, () -> Choices.requireInside(value));
        }

        /** Says what is wrong with it. */
        @POST
        public FormValidation doCheckExcludes(@AncestorInPath Item item, @QueryParameter String value) {
            return Choices.check(item, () -> Choices.requirePatterns(value));
        }

        /** Says what is wrong with it. */
        @POST
        public FormValidation doCheckTags(@AncestorInPath Item item, @QueryParameter String value) {
            return Choices.check(item, () -> Choices.requireTags(value));
        }

        /** Says what is wrong with it. */
        @POST
        public FormValidation doCheckLimitUpload(@AncestorInPath Item item, @QueryParameter String value) {
            return Choices.check(item, () -> Choices.requireRate(value));
        }

        /** Says what is wrong with it. */
        @POST
        public FormValidation doCheckMinCopies(@AncestorInPath Item item, @QueryParameter String value) {
            return Choices.check(item, () -> Choices.requireNumber(value, 0));
        }

        /** Says what is wrong with it. */
        @POST
        public FormValidation doCheckCatchUp(@AncestorInPath Item item, @QueryParameter String value) {
            return Choices.check(item, () -> Choices.requireNumber(value, -1));
        }
    }
}
