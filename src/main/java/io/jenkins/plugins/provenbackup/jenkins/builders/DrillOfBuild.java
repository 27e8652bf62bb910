package io.jenkins.plugins.provenbackup.jenkins.builders;

import hudson.AbortException;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.provenbackup.jenkins.access.Granted;
import io.jenkins.plugins.provenbackup.jenkins.access.JobAccess;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.drill.Drill;
import io.jenkins.plugins.provenbackup.jenkins.drill.DrillSentences;
import io.jenkins.plugins.provenbackup.jenkins.drill.UnattendedDrill;
import io.jenkins.plugins.provenbackup.jenkins.execution.Place;
import io.jenkins.plugins.provenbackup.jenkins.execution.PolicyChoice;
import io.jenkins.plugins.provenbackup.jenkins.execution.RecoveryTestTask;
import io.jenkins.plugins.provenbackup.jenkins.execution.RestoreParameters;
import io.jenkins.plugins.provenbackup.jenkins.results.DrillReport;
import io.jenkins.plugins.provenbackup.jenkins.results.RecoveryTestReport;
import io.jenkins.plugins.provenbackup.jenkins.steps.BuildRecords;
import io.jenkins.plugins.provenbackup.jenkins.steps.VerifyRestoreStep;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;

/** The recovery drill that a freestyle build makes. For one thread, whose interrupt cancels it. */
final class DrillOfBuild implements UnattendedDrill.Host {

    private final AbstractBuild<?, ?> build;
    private final BuildListener listener;
    private final VerifyRestoreStep form;

    DrillOfBuild(AbstractBuild<?, ?> build, BuildListener listener, VerifyRestoreStep form) {
        this.build = build;
        this.listener = listener;
        this.form = form;
    }

    /**
     * Makes it, and lets it decide the result of the build.
     *
     * @throws AbortException when it is not allowed, or the build shall fail, in words for the user
     */
    void perform() throws IOException, InterruptedException {
        BackupPolicy policy = PolicyChoice.of(form.parameters().policy, JobAccess.of(build), Granted.Purpose.RESTORE)
                .orElseThrow(() -> new AbortException("A recovery drill needs a policy."));
        Run<?, ?> run = build;
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Drill.class.getClassLoader());
        DrillReport report;
        try {
            Drill drill = Drill.begin(policy, run.getExternalizableId(), run.getUrl(), listener);
            new UnattendedDrill(drill, form.parameters(), this)
                    .run(UUID.randomUUID().toString());
            report = drill.end(listener);
        } finally {
            thread.setContextClassLoader(before);
        }
        BuildRecords.keep(build, listener, report);
        Optional<String> reason = DrillSentences.reason(report);
        if (reason.isPresent()) {
            form.onFailure().apply(build, listener, reason.get());
        }
    }

    @Override
    public RecoveryTestTask task(RestoreParameters wish) throws IOException {
        return RecoveryTestTask.of(build, listener, wish);
    }

    @Override
    public Place place() throws IOException, InterruptedException {
        return new Place(build.getWorkspace(), build.getEnvironment(listener));
    }

    @Override
    public void tested(RecoveryTestReport report) {
        BuildRecords.keep(build, listener, report);
    }

    @Override
    public boolean isStopped() {
        return Thread.currentThread().isInterrupted();
    }

    @Override
    public TaskListener listener() {
        return listener;
    }
}
