package io.jenkins.plugins.provenbackup.jenkins.steps;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.remoting.Channel;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.provenbackup.engine.RefusedException;
import io.jenkins.plugins.provenbackup.jenkins.execution.Attempt;
import io.jenkins.plugins.provenbackup.jenkins.execution.Place;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.MissingContextVariableException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.springframework.security.core.Authentication;

/**
 * Works on a thread of its own, whose interrupt Remoting hands on to the agent. After a restart of the controller it begins again when the
 * agent is back; what was stored before is used.
 */
abstract class EngineStepExecution extends StepExecution {

    private static final long serialVersionUID = 1L;
    private static final long LOOK_AGAIN_MILLIS = 2000;
    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "backup step " + NUMBERS.incrementAndGet());
        thread.setDaemon(true);
        thread.setContextClassLoader(EngineStepExecution.class.getClassLoader());
        return thread;
    });

    private transient volatile Future<?> work;
    private transient volatile Throwable stopCause;

    EngineStepExecution(StepContext context) {
        super(context);
    }

    /** Something that takes its time. */
    interface Work {
        void run() throws Exception;
    }

    /** Works as the one that the calling thread acts for; a failure fails the step. */
    final void inBackground(Work task) {
        inBackground(task, Jenkins.getAuthentication2());
    }

    /** Works as the system, after a restart: who started the build was asked for when it began. */
    final void resumeInBackground(Work task) {
        inBackground(task, ACL.SYSTEM2);
    }

    @SuppressWarnings("try") // acts for somebody until it is closed
    private void inBackground(Work task, Authentication authentication) {
        Jenkins jenkins = Jenkins.get();
        work = THREADS.submit(() -> {
            try (ACLContext context = ACL.as2(authentication)) {
                task.run();
            } catch (Throwable e) {
                if (!isEnding(jenkins, e)) {
                    getContext().onFailure(stopCause == null ? told(e) : stopCause);
                }
            } finally {
                work = null;
            }
        });
    }

    /** What the engine refuses is for the user, to whom the way to it in the code says nothing. */
    private static Throwable told(Throwable failure) {
        return failure instanceof RefusedException ? new AbortException(failure.getMessage()) : failure;
    }

    /**
     * Whether Jenkins is about to end or restart, which closes the connections of its agents: then the step does not fail, but goes on
     * afterwards.
     */
    private static boolean isEnding(Jenkins jenkins, Throwable failure) {
        if (Channel.isClosedChannelException(failure)) {
            try {
                // Which of the two is told first is chance.
                Thread.sleep(LOOK_AGAIN_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return jenkins.isTerminating() || Jenkins.getInstanceOrNull() != jenkins;
    }

    /** Whether Jenkins is about to end or restart. */
    static boolean isGoingDown() {
        Jenkins jenkins = Jenkins.getInstanceOrNull();
        return jenkins == null || jenkins.isTerminating();
    }

    /** Whether somebody has asked to stop. */
    final boolean isStopped() {
        return stopCause != null;
    }

    /** Why, if somebody has. */
    final Throwable stopCause() {
        return stopCause;
    }

    /** Notes the cause without an interrupt. */
    final void stopLater(Throwable cause) {
        stopCause = cause;
    }

    @Override
    public void stop(@NonNull Throwable cause) throws Exception {
        stopCause = cause;
        Future<?> running = work;
        if (running != null) {
            running.cancel(true);
        } else {
            getContext().onFailure(cause);
        }
    }

    /**
     * Makes sure, before the work begins, that there is a workspace.
     *
     * @throws MissingContextVariableException when the step is not inside a node block
     */
    final void requireWorkspace(StepDescriptor step) throws Exception {
        if (getContext().get(FilePath.class) == null) {
            throw new MissingContextVariableException(FilePath.class, step);
        }
    }

    final Run<?, ?> run() throws IOException, InterruptedException {
        return getContext().get(Run.class);
    }

    final TaskListener listener() throws IOException, InterruptedException {
        return getContext().get(TaskListener.class);
    }

    /** The workspace; after a restart waits until its agent is back, for which the enclosing node step has its own patience. */
    final Place place(Attempt attempt) throws IOException, InterruptedException {
        while (true) {
            FilePath workspace;
            try {
                workspace = getContext().get(FilePath.class);
            } catch (IOException e) {
                if (attempt == Attempt.FIRST) {
                    throw e;
                }
                workspace = null;
            }
            if (workspace != null && workspace.getChannel() != null) {
                EnvVars environment = getContext().get(EnvVars.class);
                return new Place(workspace, environment == null ? new EnvVars() : environment);
            }
            if (attempt == Attempt.FIRST) {
                throw new AbortException("The workspace is not there any more.");
            }
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
    }
}
