package io.jenkins.plugins.provenbackup.jenkins.drill;

import hudson.model.TaskListener;
import io.jenkins.plugins.provenbackup.engine.Reason;
import io.jenkins.plugins.provenbackup.jenkins.execution.Place;
import io.jenkins.plugins.provenbackup.jenkins.execution.RecoveryTestTask;
import io.jenkins.plugins.provenbackup.jenkins.execution.RestoreParameters;
import io.jenkins.plugins.provenbackup.jenkins.execution.RestoredTree;
import io.jenkins.plugins.provenbackup.jenkins.execution.ScratchTrees;
import io.jenkins.plugins.provenbackup.jenkins.results.CheckReport;
import io.jenkins.plugins.provenbackup.jenkins.results.RecoveryTestReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The recovery tests of a drill without checks of somebody's own, one after the other: one that fails does not stop the others. For one
 * thread, whose interrupt cancels it.
 */
public final class UnattendedDrill {

    private final Drill drill;
    private final RestoreParameters asked;
    private final Host host;

    /** Whoever runs the drill. */
    public interface Host {

        /**
         * Prepares a test.
         *
         * @throws IOException when that is not allowed or makes no sense, in words for the user
         */
        RecoveryTestTask task(RestoreParameters wish) throws IOException;

        /** The workspace for sources that are restored there. */
        Place place() throws IOException, InterruptedException;

        /** A test was made. */
        void tested(RecoveryTestReport report);

        /** Whether somebody wants it to end: an engine that was cancelled says so by an error, too. */
        boolean isStopped();

        /** Where it says what it does. */
        TaskListener listener();
    }

    /**
     * Prepares it.
     *
     * @param asked what a step says of objectives and limits
     */
    public UnattendedDrill(Drill drill, RestoreParameters asked, Host host) {
        this.drill = drill;
        this.asked = asked;
        this.host = host;
    }

    /**
     * Makes all tests.
     *
     * @param runId random, for the names of scratch directories
     */
    public void run(String runId) throws InterruptedException {
        for (int number = 0; drill.isWaiting(); number++) {
            requireNotStopped();
            test(runId + "-" + number);
        }
    }

    private void test(String runId) throws InterruptedException {
        long began = System.currentTimeMillis();
        RecoveryTestTask task;
        try {
            task = host.task(drill.next(asked));
        } catch (IOException e) {
            say(e);
            drill.broken(Reason.of(e), began);
            return;
        }
        try {
            test(task, runId, began);
        } catch (IOException | IllegalArgumentException e) {
            requireNotStopped();
            say(e);
            drill.broken(task, Reason.of(e), began).ifPresent(host::tested);
        }
    }

    private void test(RecoveryTestTask task, String runId, long began) throws IOException, InterruptedException {
        ScratchTrees.Room room = task.room(runId, host::place);
        RestoredTree tree;
        long proved;
        List<CheckReport> checks = new ArrayList<>();
        String leftover;
        try {
            tree = task.prove(room, runId);
            proved = System.currentTimeMillis();
            task.boot(tree).ifPresent(checks::add);
        } finally {
            leftover = delete(room);
        }
        RecoveryTestReport report = task.finish(tree, checks, leftover);
        drill.tested(report, began, proved);
        host.tested(report);
    }

    /** Although the thread may have been interrupted. */
    private String delete(ScratchTrees.Room room) {
        boolean wasInterrupted = Thread.interrupted();
        try {
            String leftover = ScratchTrees.delete(room);
            if (!leftover.isEmpty()) {
                host.listener().getLogger().println("[backup] WARNING: " + leftover);
            }
            return leftover;
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void say(Exception e) {
        host.listener().getLogger().println("[backup] ERROR: " + Reason.of(e));
    }

    private void requireNotStopped() throws InterruptedException {
        if (host.isStopped()) {
            throw new InterruptedException();
        }
    }
}
