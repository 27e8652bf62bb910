package io.jenkins.plugins.provenbackup.jenkins.steps;

import hudson.AbortException;
import io.jenkins.plugins.provenbackup.jenkins.execution.Attempt;
import io.jenkins.plugins.provenbackup.jenkins.execution.RecoveryTestTask;
import io.jenkins.plugins.provenbackup.jenkins.execution.RestoreParameters;
import io.jenkins.plugins.provenbackup.jenkins.execution.RestoredTree;
import io.jenkins.plugins.provenbackup.jenkins.results.RecoveryTestReport;
import java.io.IOException;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Tests the recovery of one snapshot. */
final class VerifyRestoreStepExecution extends RecoveryTestExecution {

    private static final long serialVersionUID = 1L;

    VerifyRestoreStepExecution(StepContext context, VerifyRestoreStep step) {
        super(context, step);
    }

    @Override
    public boolean start() throws Exception {
        RecoveryTestTask task = task();
        if (!task.isHome()) {
            requireWorkspace(step().getDescriptor());
        }
        inBackground(() -> prove(task, Attempt.FIRST));
        return false;
    }

    @Override
    void begin(Attempt attempt) throws Exception {
        prove(task(), attempt);
    }

    @Override
    RestoreParameters parameters() {
        return step().parameters();
    }

    @Override
    Map<String, String> variables(RestoredTree restored) {
        return Map.of("PROVEN_BACKUP_SNAPSHOT", restored.snapshot());
    }

    @Override
    void unkept(IOException problem) throws IOException {
        throw problem;
    }

    @Override
    void concluded(RecoveryTestReport report) throws Exception {
        try {
            BuildRecords.judge(run(), listener(), report, step().onFailure());
        } catch (AbortException e) {
            getContext().onFailure(bodyFailure().orElse(e));
            return;
        }
        getContext().onSuccess(report);
    }
}
