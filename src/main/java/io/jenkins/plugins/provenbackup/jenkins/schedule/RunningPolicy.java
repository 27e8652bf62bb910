package io.jenkins.plugins.provenbackup.jenkins.schedule;

import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.provenbackup.engine.Reason;
import io.jenkins.plugins.provenbackup.engine.backup.Backup;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A run that goes on, in a thread of its own and as the system. Thread-safe. */
final class RunningPolicy implements Runnable {

    private static final Logger LOGGER = Logger.getLogger(RunningPolicy.class.getName());

    private final BackupPolicy policy;
    private final PolicyRun run;
    private final PolicyRetention.Pruning pruning;
    private final Consumer<RunningPolicy> whenOver;
    private final Thread thread;
    private volatile String stopped = "";

    RunningPolicy(
            BackupPolicy policy, PolicyRun run, PolicyRetention.Pruning pruning, Consumer<RunningPolicy> whenOver) {
        this.policy = policy;
        this.run = run;
        this.pruning = pruning;
        this.whenOver = whenOver;
        this.thread = new Thread(this, "Proven Backup: " + run);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    PolicyRun policyRun() {
        return run;
    }

    /**
     * Ends it as soon as the engine can.
     *
     * @param why in a sentence
     */
    void stop(String why) {
        stopped = why;
        thread.interrupt();
    }

    boolean isStopped() {
        return !stopped.isEmpty();
    }

    /** Waits for its end. */
    void await(long millis) throws InterruptedException {
        thread.join(Math.max(1, millis));
    }

    @Override
    @SuppressWarnings("try") // held until it is closed
    public void run() {
        thread.setContextClassLoader(Backup.class.getClassLoader());
        try (ACLContext system = ACL.as2(ACL.SYSTEM2)) {
            work();
        } finally {
            // A late interrupt is not meant for what follows.
            Thread.interrupted();
            keep();
            whenOver.accept(this);
        }
    }

    private void work() {
        try (RunLog log = new RunLog(PolicyRuns.get().log(run))) {
            log.line(run.getKind().getDisplayName() + ", " + run.getReason());
            PolicyWork work = new PolicyWork(policy, run, log, this::isStopped);
            RunResult result;
            String problem;
            try {
                work.perform(pruning);
                result = work.result();
                problem = work.problem();
            } catch (InterruptedException e) {
                result = RunResult.STOPPED;
                problem = stopped;
            } catch (IOException e) {
                result = isStopped() ? RunResult.STOPPED : RunResult.FAILED;
                problem = isStopped() ? stopped : Reason.of(e);
            } catch (RuntimeException | LinkageError | OutOfMemoryError e) {
                LOGGER.log(Level.SEVERE, e, () -> run + " failed");
                result = RunResult.FAILED;
                problem = Messages.RunningPolicy_unexpected(e.toString());
            }
            log.line(result.getDisplayName() + (problem.isEmpty() ? "" : ": " + problem));
            run.end(result, problem, Instant.now());
        } catch (IOException e) {
            run.end(RunResult.FAILED, Reason.of(e), Instant.now());
        }
    }

    private void keep() {
        if (run.isRunning()) {
            run.end(RunResult.FAILED, Messages.RunningPolicy_unexpected(""), Instant.now());
        }
        Level level = run.getResult() == RunResult.SUCCESS ? Level.INFO : Level.WARNING;
        LOGGER.log(level, "{0}: {1} {2}", new Object[] {run, run.getResult().getDisplayName(), run.getProblem()});
        try {
            PolicyRuns.get().save(run);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "The record of " + run + " cannot be kept");
        }
    }
}
