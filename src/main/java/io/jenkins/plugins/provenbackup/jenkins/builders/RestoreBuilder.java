package io.jenkins.plugins.provenbackup.jenkins.builders;

import hudson.Extension;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.BuildListener;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.provenbackup.jenkins.execution.Place;
import io.jenkins.plugins.provenbackup.jenkins.execution.RestoreTask;
import io.jenkins.plugins.provenbackup.jenkins.results.RestoreReport;
import io.jenkins.plugins.provenbackup.jenkins.steps.BuildRecords;
import io.jenkins.plugins.provenbackup.jenkins.steps.RestoreStep;
import java.io.IOException;
import java.util.UUID;
import org.kohsuke.stapler.DataBoundConstructor;

/** Restores a snapshot, or part of it, into the workspace. */
public final class RestoreBuilder extends Builder {

    private final RestoreStep restore;

    @DataBoundConstructor
    public RestoreBuilder(RestoreStep restore) {
        this.restore = restore;
    }

    /** What the form says. */
    public RestoreStep getRestore() {
        return restore;
    }

    @Override
    public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
            throws IOException, InterruptedException {
        RestoreTask task = RestoreTask.of(build, listener, restore.parameters());
        RestoreReport report = task.restore(
                UUID.randomUUID().toString(), () -> new Place(build.getWorkspace(), build.getEnvironment(listener)));
        BuildRecords.keep(build, listener, report);
        BuildRecords.judge(build, listener, report, restore.onIncomplete());
        return true;
    }

    /** Its form. */
    @Extension
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {

        @Override
        public String getDisplayName() {
            return Messages.RestoreBuilder_displayName();
        }

        @Override
        @SuppressWarnings("rawtypes") // as Jenkins declares it
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }
    }
}
