package io.jenkins.plugins.provenbackup.jenkins.builders;

import hudson.Extension;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.BuildListener;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.provenbackup.jenkins.execution.Attempt;
import io.jenkins.plugins.provenbackup.jenkins.execution.BackupTask;
import io.jenkins.plugins.provenbackup.jenkins.execution.Place;
import io.jenkins.plugins.provenbackup.jenkins.results.BackupReport;
import io.jenkins.plugins.provenbackup.jenkins.steps.BackupStep;
import io.jenkins.plugins.provenbackup.jenkins.steps.BuildRecords;
import java.io.IOException;
import java.util.UUID;
import org.kohsuke.stapler.DataBoundConstructor;

/** Backs up part of the workspace, the output of a command, or what a policy says. */
public final class BackupBuilder extends Builder {

    private final BackupStep backup;

    @DataBoundConstructor
    public BackupBuilder(BackupStep backup) {
        this.backup = backup;
    }

    /** What the form says. */
    public BackupStep getBackup() {
        return backup;
    }

    @Override
    public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
            throws IOException, InterruptedException {
        BackupTask task = BackupTask.of(build, listener, backup.parameters());
        String runId = UUID.randomUUID().toString();
        for (int i = 0; i < task.count(); i++) {
            BackupReport report = task.make(
                    i, runId, Attempt.FIRST, () -> new Place(build.getWorkspace(), build.getEnvironment(listener)));
            BuildRecords.keep(build, listener, report);
            BuildRecords.judge(build, listener, report, backup.onIncomplete());
        }
        return true;
    }

    /** Its form. */
    @Extension
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {

        @Override
        public String getDisplayName() {
            return Messages.BackupBuilder_displayName();
        }

        @Override
        @SuppressWarnings("rawtypes") // as Jenkins declares it
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }
    }
}
