package io.jenkins.plugins.provenbackup.jenkins.steps;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.FilePath;
import hudson.remoting.Channel;
import io.jenkins.plugins.provenbackup.jenkins.execution.Attempt;
import io.jenkins.plugins.provenbackup.jenkins.execution.RecoveryTestTask;
import io.jenkins.plugins.provenbackup.jenkins.execution.RestoreParameters;
import io.jenkins.plugins.provenbackup.jenkins.execution.RestoredTree;
import io.jenkins.plugins.provenbackup.jenkins.execution.ScratchTrees;
import io.jenkins.plugins.provenbackup.jenkins.results.CheckReport;
import io.jenkins.plugins.provenbackup.jenkins.results.RecoveryTestReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Tests recoveries, one or several after each other, each in three parts: restore and compare, the body, if there is one, in the
 * restored tree, then delete the tree and keep the result. The first and the last begin again after a restart; the body goes on by itself.
 */
abstract class RecoveryTestExecution extends EngineStepExecution {

    private static final long serialVersionUID = 1L;
    private static final String BODY = "body";

    private final VerifyRestoreStep step;
    private String runId = UUID.randomUUID().toString();
    private volatile Part part = Part.PROVING;
    private ScratchTrees.Room room;
    private RestoredTree tree;
    private volatile long began;
    private volatile long proved;
    private long bodyStart;
    private ArrayList<CheckReport> checks = new ArrayList<>();
    private Throwable bodyFailure;

    /** What it is at. */
    private enum Part {
        PROVING,
        BODY,
        FINISHING
    }

    RecoveryTestExecution(StepContext context, VerifyRestoreStep step) {
        super(context);
        this.step = step;
    }

    /** What is restored, and how. */
    abstract RestoreParameters parameters();

    /** What the body finds in its environment. */
    abstract Map<String, String> variables(RestoredTree restored);

    /** A test was made and its result kept. */
    abstract void concluded(RecoveryTestReport report) throws Exception;

    /** A test was made, but its result could not be kept anywhere. */
    abstract void unkept(IOException problem) throws Exception;

    /** Begins, or begins again after a restart, with the next test. */
    abstract void begin(Attempt attempt) throws Exception;

    @Override
    public void onResume() {
        switch (part) {
            case PROVING -> resumeInBackground(() -> begin(Attempt.RESUMED));
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

    final VerifyRestoreStep step() {
        return step;
    }

    final RecoveryTestTask task() throws IOException, InterruptedException {
        return RecoveryTestTask.of(run(), listener(), parameters());
    }

    /** When the test began, in milliseconds since 1970. */
    final long began() {
        return began;
    }

    /** When what was restored had been compared, in milliseconds since 1970. */
    final long proved() {
        return proved;
    }

    /** Forgets the test that was made, before another. */
    final void reset() {
        runId = UUID.randomUUID().toString();
        part = Part.PROVING;
        room = null;
        tree = null;
        checks = new ArrayList<>();
        bodyFailure = null;
    }

    /** How the body of the test that was made failed; empty when it did not. */
    final Optional<Throwable> bodyFailure() {
        return Optional.ofNullable(bodyFailure);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the body tells AfterBody
    final void prove(RecoveryTestTask task, Attempt attempt) throws Exception {
        began = System.currentTimeMillis();
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
            proved = System.currentTimeMillis();
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
        Optional<BodyInvoker> body = tree.isThere() ? body() : Optional.empty();
        if (body.isEmpty()) {
            part = Part.FINISHING;
            finish();
            return;
        }
        part = Part.BODY;
        bodyStart = System.currentTimeMillis();
        inTree(task, body.get()).start();
    }

    /** Empty when the step has none. */
    private Optional<BodyInvoker> body() {
        try {
            return Optional.of(getContext().newBodyInvoker());
        } catch (IllegalStateException e) {
            return Optional.empty();
        }
    }

    private BodyInvoker inTree(RecoveryTestTask task, BodyInvoker body) throws IOException, InterruptedException {
        EnvironmentExpander variables = EnvironmentExpander.merge(
                getContext().get(EnvironmentExpander.class), EnvironmentExpander.constant(variables(tree)));
        BodyInvoker prepared = body.withContext(variables).withCallback(new AfterBody(this));
        // Nobody's script looks into a JENKINS_HOME.
        return task.isHome() ? prepared : prepared.withContext(new FilePath(room.channel(), tree.tree()));
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

        private final RecoveryTestExecution test;

        AfterBody(RecoveryTestExecution test) {
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
        RecoveryTestReport report;
        try {
            report = task().finish(tree, checks, leftover);
        } catch (IOException e) {
            if (isStopped() || isGoingDown()) {
                throw e;
            }
            unkept(e);
            return;
        }
        BuildRecords.keep(run(), listener(), report);
        if (isStopped()) {
            getContext().onFailure(stopCause());
            return;
        }
        concluded(report);
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
