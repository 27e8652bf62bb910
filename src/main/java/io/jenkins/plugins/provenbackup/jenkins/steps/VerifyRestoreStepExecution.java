package io.jenkins.plugins.provenbackup.jenkins.steps;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.FilePath;
import hudson.remoting.Channel;
import io.jenkins.plugins.provenbackup.jenkins.execution.Attempt;
import io.jenkins.plugins.provenbackup.jenkins.execution.RecoveryTestTask;
import io.jenkins.plugins.provenbackup.jenkins.execution.RestoredTree;
import io.jenkins.plugins.provenbackup.jenkins.execution.ScratchTrees;
import io.jenkins.plugins.provenbackup.jenkins.results.CheckReport;
import io.jenkins.plugins.provenbackup.jenkins.results.RecoveryTestReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Tests a recovery in three parts: restore and compare, the body in the restored tree, then delete the tree and keep the result. The
 * first and the last begin again after a restart; the body goes on by itself.
 */
final class VerifyRestoreStepExecution extends EngineStepExecution {

    private static final long serialVersionUID = 1L;
    private static final String BODY = "body";

    private final VerifyRestoreStep step;
    private final String runId = UUID.randomUUID().toString();
    private volatile Part part = Part.PROVING;
    private ScratchTrees.Room room;
    private RestoredTree tree;
    private long bodyStart;
    private ArrayList<CheckReport> checks = new ArrayList<>();
    private Throwable bodyFailure;

    /** What it is at. */
    private enum Part {
        PROVING,
        BODY,
        FINISHING
    }

    VerifyRestoreStepExecution(StepContext context, VerifyRestoreStep step) {
        super(context);
        this.step = step;
    }

    @Override
    public boolean start() throws Exception {
        RecoveryTestTask task = task();
        if (!task.isHome()) {
            requireWorkspace(step.getDescriptor());
        }
        inBackground(() -> prove(task, Attempt.FIRST));
        return false;
    }

    @Override
    public void onResume() {
        switch (part) {
            case PROVING -> resumeInBackground(() -> prove(task(), Attempt.RESUMED));
            case BODY -> {}
            case FINISHING -> resumeInBackground(() -> finish());
        }
    }

    /** The body's own steps are stopped by Jenkins; cleaning up is not stopped. */
    @Override
    public void stop(@NonNull Throwable cause) throws Exception {
        switch (part) {
            case PROVING -> super.stop(cause);
            case BODY -> {}
            case FINISHING -> stopLater(cause);
        }
    }

    private RecoveryTestTask task() throws IOException, InterruptedException {
        return RecoveryTestTask.of(run(), listener(), step.parameters());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the body tells AfterBody
    private void prove(RecoveryTestTask task, Attempt attempt) throws Exception {
        if (room == null) {
            room = task.room(runId, () -> place(attempt));
            getContext().saveState().get();
        } else if (!task.isHome()) {
            // Waits for the agent.
            place(attempt);
        }
        ScratchTrees.forget(room);
        boolean isKept = false;
        try {
            tree = task.prove(room, runId);
            checks = new ArrayList<>();
            task.boot(tree).ifPresent(checks::add);
            isKept = !isStopped();
        } finally {
            // After a restart this attempt begins again, and deletes what is there.
            if (!isKept && !isGoingDown()) {
                deleteTree();
            }
        }
        if (isStopped()) {
            throw new InterruptedException("stopped");
        }
        if (!tree.isThere()) {
            part = Part.FINISHING;
            finish();
            return;
        }
        part = Part.BODY;
        bodyStart = System.currentTimeMillis();
        body(task).start();
    }

    private BodyInvoker body(RecoveryTestTask task) throws IOException, InterruptedException {
        EnvironmentExpander variables = EnvironmentExpander.merge(
                getContext().get(EnvironmentExpander.class),
                EnvironmentExpander.constant(Map.of("PROVEN_BACKUP_SNAPSHOT", tree.snapshot())));
        BodyInvoker body = getContext().newBodyInvoker().withContext(variables).withCallback(new AfterBody(this));
        // Nobody's script looks into a JENKINS_HOME.
        return task.isHome() ? body : body.withContext(new FilePath(room.channel(), tree.tree()));
    }

    /** Deletes the tree although the thread may have been interrupted; says why it is still there. */
    private String deleteTree() {
        boolean wasInterrupted = Thread.interrupted();
        try {
            return ScratchTrees.delete(room);
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Goes on when the body has ended, whatever the outcome. */
    private static final class AfterBody extends BodyExecutionCallback {

        private static final long serialVersionUID = 1L;

        private final VerifyRestoreStepExecution test;

        AfterBody(VerifyRestoreStepExecution test) {
            this.test = test;
        }

        @Override
        public void onSuccess(StepContext context, Object result) {
            test.bodyEnded(CheckReport.passed(BODY, test.bodyMillis()));
        }

        @Override
        public void onFailure(StepContext context, Throwable failure) {
            test.bodyFailure = failure;
            test.bodyEnded(CheckReport.failed(BODY, test.bodyMillis(), String.valueOf(failure.getMessage())));
        }
    }

    private long bodyMillis() {
        return Math.max(0, System.currentTimeMillis() - bodyStart);
    }

    private void bodyEnded(CheckReport body) {
        checks.add(body);
        part = Part.FINISHING;
        inBackground(() -> finish());
    }

    private void finish() throws Exception {
        String leftover = deleteTree();
        if (!leftover.isEmpty()) {
            listener().getLogger().println("[backup] " + leftover);
        }
        if (bodyFailure != null && isNoFinding(bodyFailure)) {
            getContext().onFailure(bodyFailure);
            return;
        }
        RecoveryTestReport report = task().finish(tree, checks, leftover);
        BuildRecords.keep(run(), listener(), report);
        if (isStopped()) {
            getContext().onFailure(stopCause());
            return;
        }
        try {
            BuildRecords.judge(run(), listener(), report, step.onFailure());
        } catch (AbortException e) {
            getContext().onFailure(bodyFailure == null ? e : bodyFailure);
            return;
        }
        getContext().onSuccess(report);
    }

    /** Whether the body ended for a reason that says nothing about the backup. */
    private static boolean isNoFinding(Throwable failure) {
        return failure instanceof FlowInterruptedException || Channel.isClosedChannelException(failure);
    }

    @Override
    public String getStatus() {
        return part.name().toLowerCase(Locale.ROOT);
    }
}
