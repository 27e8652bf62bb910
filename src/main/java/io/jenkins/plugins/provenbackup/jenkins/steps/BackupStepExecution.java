package io.jenkins.plugins.provenbackup.jenkins.steps;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.provenbackup.jenkins.execution.Attempt;
import io.jenkins.plugins.provenbackup.jenkins.execution.BackupTask;
import io.jenkins.plugins.provenbackup.jenkins.results.BackupReport;
import java.util.ArrayList;
import java.util.UUID;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Makes the snapshots of a {@link BackupStep}. Its run id makes sure that none is written twice. */
final class BackupStepExecution extends EngineStepExecution {

    private static final long serialVersionUID = 1L;

    private final BackupStep step;
    private final String runId = UUID.randomUUID().toString();
    private final ArrayList<BackupReport> done = new ArrayList<>();

    BackupStepExecution(StepContext context, BackupStep step) {
        super(context);
        this.step = step;
    }

    @Override
    public boolean start() throws Exception {
        BackupTask task = BackupTask.of(run(), listener(), step.parameters());
        if (task.isInWorkspace()) {
            requireWorkspace(step.getDescriptor());
        }
        inBackground(() -> make(task, Attempt.FIRST));
        return false;
    }

    @Override
    public void onResume() {
        resumeInBackground(() -> make(BackupTask.of(run(), listener(), step.parameters()), Attempt.RESUMED));
    }

    private void make(BackupTask task, Attempt attempt) throws Exception {
        Run<?, ?> run = run();
        TaskListener listener = listener();
        while (done.size() < task.count()) {
            BackupReport report = task.make(done.size(), runId, attempt, () -> place(attempt));
            BuildRecords.keep(run, listener, report);
            done.add(report);
            getContext().saveState().get();
            BuildRecords.judge(run, listener, report, step.onIncomplete());
        }
        getContext().onSuccess(done.size() == 1 ? done.get(0) : new ArrayList<>(done));
    }

    @Override
    public String getStatus() {
        return done.size() + " snapshots made";
    }
}
