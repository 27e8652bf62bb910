package io.jenkins.plugins.provenbackup.jenkins.builders;

import hudson.Extension;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.BuildListener;
import hudson.tasks.BuildStepDescriptor;
import hudson.tasks.Builder;
import io.jenkins.plugins.provenbackup.jenkins.execution.Place;
import io.jenkins.plugins.provenbackup.jenkins.execution.RecoveryTestTask;
import io.jenkins.plugins.provenbackup.jenkins.execution.RestoredTree;
import io.jenkins.plugins.provenbackup.jenkins.execution.ScratchTrees;
import io.jenkins.plugins.provenbackup.jenkins.results.CheckReport;
import io.jenkins.plugins.provenbackup.jenkins.results.RecoveryTestReport;
import io.jenkins.plugins.provenbackup.jenkins.steps.BuildRecords;
import io.jenkins.plugins.provenbackup.jenkins.steps.VerifyRestoreStep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.kohsuke.stapler.DataBoundConstructor;

/** Proves that a snapshot comes back: restores it, compares every byte and measures the time. */
public final class VerifyRestoreBuilder extends Builder {

    private final VerifyRestoreStep verifyRestore;

    @DataBoundConstructor
    public VerifyRestoreBuilder(VerifyRestoreStep verifyRestore) {
        this.verifyRestore = verifyRestore;
    }

    /** What the form says. */
    public VerifyRestoreStep getVerifyRestore() {
        return verifyRestore;
    }

    @Override
    public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
            throws IOException, InterruptedException {
        verifyRestore.requireSense();
        if (verifyRestore.isDrill()) {
            new DrillOfBuild(build, listener, verifyRestore).perform();
            return true;
        }
        RecoveryTestTask task = RecoveryTestTask.of(build, listener, verifyRestore.parameters());
        String runId = UUID.randomUUID().toString();
        ScratchTrees.Room room =
                task.room(runId, () -> new Place(build.getWorkspace(), build.getEnvironment(listener)));
        RestoredTree tree;
        List<CheckReport> checks = new ArrayList<>();
        String leftover = "";
        try {
            tree = task.prove(room, runId);
            task.boot(tree).ifPresent(checks::add);
        } finally {
            leftover = ScratchTrees.delete(room);
        }
        RecoveryTestReport report = task.finish(tree, checks, leftover);
        BuildRecords.keep(build, listener, report);
        BuildRecords.judge(build, listener, report, verifyRestore.onFailure());
        return true;
    }

    /** Its form. */
    @Extension
    public static final class DescriptorImpl extends BuildStepDescriptor<Builder> {

        @Override
        public String getDisplayName() {
            return Messages.VerifyRestoreBuilder_displayName();
        }

        @Override
        @SuppressWarnings("rawtypes") // as Jenkins declares it
        public boolean isApplicable(Class<? extends AbstractProject> jobType) {
            return true;
        }
    }
}
