package io.jenkins.plugins.provenbackup.jenkins.steps;

import io.jenkins.plugins.provenbackup.jenkins.execution.Attempt;
import io.jenkins.plugins.provenbackup.jenkins.execution.RestoreTask;
import io.jenkins.plugins.provenbackup.jenkins.results.RestoreReport;
import java.util.UUID;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Restores what a {@link RestoreStep} asks for; after a restart it goes over everything again and keeps what is right. */
final class RestoreStepExecution extends EngineStepExecution {

    private static final long serialVersionUID = 1L;

    private final RestoreStep step;
    private final String runId = UUID.randomUUID().toString();

    RestoreStepExecution(StepContext context, RestoreStep step) {
        super(context);
        this.step = step;
    }

    @Override
    public boolean start() throws Exception {
        RestoreTask task = RestoreTask.of(run(), listener(), step.parameters());
        requireWorkspace(step.getDescriptor());
        inBackground(() -> restore(task, Attempt.FIRST));
        return false;
    }

    @Override
    public void onResume() {
        resumeInBackground(() -> restore(RestoreTask.of(run(), listener(), step.parameters()), Attempt.RESUMED));
    }

    private void restore(RestoreTask task, Attempt attempt) throws Exception {
        RestoreReport report = task.restore(runId, () -> place(attempt));
        BuildRecords.keep(run(), listener(), report);
        BuildRecords.judge(run(), listener(), report, step.onIncomplete());
        getContext().onSuccess(report);
    }
}
