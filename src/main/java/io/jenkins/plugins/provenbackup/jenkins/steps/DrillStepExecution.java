package io.jenkins.plugins.provenbackup.jenkins.steps;

import hudson.AbortException;
import hudson.remoting.Channel;
import io.jenkins.plugins.provenbackup.engine.Reason;
import io.jenkins.plugins.provenbackup.jenkins.access.Granted;
import io.jenkins.plugins.provenbackup.jenkins.access.JobAccess;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.JenkinsHomeSource;
import io.jenkins.plugins.provenbackup.jenkins.drill.Drill;
import io.jenkins.plugins.provenbackup.jenkins.drill.DrillSentences;
import io.jenkins.plugins.provenbackup.jenkins.execution.Attempt;
import io.jenkins.plugins.provenbackup.jenkins.execution.PolicyChoice;
import io.jenkins.plugins.provenbackup.jenkins.execution.RecoveryTestTask;
import io.jenkins.plugins.provenbackup.jenkins.execution.RestoreParameters;
import io.jenkins.plugins.provenbackup.jenkins.execution.RestoredTree;
import io.jenkins.plugins.provenbackup.jenkins.results.DrillReport;
import io.jenkins.plugins.provenbackup.jenkins.results.RecoveryTestReport;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Makes the recovery drill of a policy: tests the recovery of each of its sources from the worst destination, with the step's body, and
 * keeps the report. One source that does not come back does not stop the others.
 */
final class DrillStepExecution extends RecoveryTestExecution {

    private static final long serialVersionUID = 1L;

    /** Null before the destinations were looked at. */
    private Drill drill;

    DrillStepExecution(StepContext context, VerifyRestoreStep step) {
        super(context, step);
    }

    @Override
    public boolean start() throws Exception {
        BackupPolicy policy = policy();
        boolean isHomeAlone = policy.getSources().stream().allMatch(JenkinsHomeSource.class::isInstance);
        if (!isHomeAlone) {
            requireWorkspace(step().getDescriptor());
        }
        inBackground(() -> begin(Attempt.FIRST));
        return false;
    }

    private BackupPolicy policy() throws IOException, InterruptedException {
        return PolicyChoice.of(step().parameters().policy, JobAccess.of(run()), Granted.Purpose.RESTORE)
                .orElseThrow(() -> new AbortException("A recovery drill needs a policy."));
    }

    @Override
    void begin(Attempt attempt) throws Exception {
        if (drill == null) {
            drill = Drill.begin(policy(), run().getExternalizableId(), run().getUrl(), listener());
            getContext().saveState().get();
        }
        next(attempt);
    }

    private void next(Attempt attempt) throws Exception {
        if (drill.isWaiting()) {
            test(attempt);
        } else {
            end();
        }
    }

    private void test(Attempt attempt) throws Exception {
        long asked = System.currentTimeMillis();
        String source = drill.source();
        RecoveryTestTask task;
        try {
            task = task();
        } catch (AbortException e) {
            say(e);
            drill.broken(Reason.of(e), asked);
            next(Attempt.FIRST);
            return;
        }
        try {
            prove(task, attempt);
        } catch (IOException e) {
            boolean isOfAnother = !drill.isWaiting() || !drill.source().equals(source);
            if (isOfAnother || isStopped() || isGoingDown() || Channel.isClosedChannelException(e)) {
                throw e;
            }
            say(e);
            Optional<RecoveryTestReport> report = drill.broken(task, Reason.of(e), began());
            if (report.isPresent()) {
                BuildRecords.keep(run(), listener(), report.get());
            }
            reset();
            next(Attempt.FIRST);
        }
    }

    private void say(IOException e) throws IOException, InterruptedException {
        listener().getLogger().println("[backup] ERROR: " + Reason.of(e));
    }

    @Override
    RestoreParameters parameters() {
        return drill.next(step().parameters());
    }

    @Override
    Map<String, String> variables(RestoredTree restored) {
        return Map.of("PROVEN_BACKUP_SNAPSHOT", restored.snapshot(), "PROVEN_BACKUP_SOURCE", drill.source());
    }

    @Override
    void unkept(IOException problem) throws Exception {
        say(problem);
        drill.broken("Its result could not be kept: " + Reason.of(problem), began());
        reset();
        next(Attempt.FIRST);
    }

    @Override
    void concluded(RecoveryTestReport report) throws Exception {
        drill.tested(report, began(), proved());
        reset();
        next(Attempt.FIRST);
    }

    private void end() throws Exception {
        DrillReport report = drill.end(listener());
        BuildRecords.keep(run(), listener(), report);
        Optional<String> reason = DrillSentences.reason(report);
        if (reason.isPresent()) {
            try {
                step().onFailure().apply(run(), listener(), reason.get());
            } catch (AbortException e) {
                getContext().onFailure(e);
                return;
            }
        }
        getContext().onSuccess(report);
    }
}
