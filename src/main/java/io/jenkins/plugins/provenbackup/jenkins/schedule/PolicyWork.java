package io.jenkins.plugins.provenbackup.jenkins.schedule;

import io.jenkins.plugins.provenbackup.engine.Reason;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicySource;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import io.jenkins.plugins.provenbackup.jenkins.drill.Drill;
import io.jenkins.plugins.provenbackup.jenkins.drill.DrillSentences;
import io.jenkins.plugins.provenbackup.jenkins.drill.UnattendedDrill;
import io.jenkins.plugins.provenbackup.jenkins.execution.Attempt;
import io.jenkins.plugins.provenbackup.jenkins.execution.BackupTask;
import io.jenkins.plugins.provenbackup.jenkins.execution.RecoveryTestTask;
import io.jenkins.plugins.provenbackup.jenkins.execution.RestoreParameters;
import io.jenkins.plugins.provenbackup.jenkins.execution.RestoredTree;
import io.jenkins.plugins.provenbackup.jenkins.execution.ScratchTrees;
import io.jenkins.plugins.provenbackup.jenkins.execution.Verdict;
import io.jenkins.plugins.provenbackup.jenkins.results.BackupReport;
import io.jenkins.plugins.provenbackup.jenkins.results.CheckReport;
import io.jenkins.plugins.provenbackup.jenkins.results.DrillReport;
import io.jenkins.plugins.provenbackup.jenkins.results.RecoveryTestReport;
import io.jenkins.plugins.provenbackup.jenkins.results.RetentionReport;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What one run does, source by source: one that fails does not stop the others. For one thread, whose interrupt cancels it. */
final class PolicyWork {

    private final BackupPolicy policy;
    private final PolicyRun run;
    private final RunLog log;
    private final BooleanSupplier isStopped;
    private RunResult result = RunResult.SUCCESS;
    private String problem = "";

    PolicyWork(BackupPolicy policy, PolicyRun run, RunLog log, BooleanSupplier isStopped) {
        this.policy = policy;
        this.run = run;
        this.log = log;
        this.isStopped = isStopped;
    }

    /** Makes one of the snapshots, or tests one. */
    private interface OfSource {
        void run(PolicySource source, int number) throws IOException, InterruptedException;
    }

    /**
     * Does it.
     *
     * @param pruning whether space is given back, too
     */
    void perform(PolicyRetention.Pruning pruning) throws IOException, InterruptedException {
        switch (run.getKind()) {
            case BACKUP -> {
                eachOf(policy.controllerSources(), this::backUp);
                retain(pruning);
            }
            case RECOVERY_TEST -> eachOf(policy.getSources(), this::test);
            case PRUNE -> retain(pruning);
            case DRILL -> drill();
        }
    }

    private void eachOf(List<PolicySource> sources, OfSource what) throws InterruptedException {
        for (int i = 0; i < sources.size(); i++) {
            requireNotStopped();
            try {
                what.run(sources.get(i), i);
            } catch (IOException | IllegalArgumentException e) {
                requireNotStopped();
                String reason = Reason.of(e);
                log.line("ERROR: " + reason);
                judge(RunResult.FAILED, reason);
            }
        }
    }

    private void backUp(PolicySource source, int number) throws IOException, InterruptedException {
        BackupReport report = BackupTask.ofPolicy(policy, source, run.getAuthor(), log)
                .make(0, run.runId() + "-" + number, Attempt.FIRST, () -> {
                    throw new IOException("a schedule has no workspace");
                });
        run.add(report);
        Verdict.of(report)
                .ifPresent(reason -> judge(report.getCopies() > 0 ? RunResult.INCOMPLETE : RunResult.FAILED, reason));
    }

    private void test(PolicySource source, int number) throws IOException, InterruptedException {
        RecoveryTestTask task = RecoveryTestTask.ofPolicy(policy, source, run.getAuthor(), log);
        String runId = run.runId() + "-" + number;
        ScratchTrees.Room room = task.room(runId, () -> {
            throw new IOException("a schedule has no workspace");
        });
        RestoredTree tree;
        List<CheckReport> checks = new ArrayList<>();
        String leftover;
        try {
            tree = task.prove(room, runId);
            task.boot(tree).ifPresent(checks::add);
        } finally {
            leftover = delete(room);
        }
        RecoveryTestReport report = task.finish(tree, checks, leftover);
        run.add(report);
        Verdict.of(report)
                .ifPresent(reason -> judge(report.isPassed() ? RunResult.INCOMPLETE : RunResult.FAILED, reason));
    }

    private void drill() throws InterruptedException {
        Drill drill = Drill.begin(policy, run.getAuthor(), run.getUrl(), log);
        new UnattendedDrill(drill, new RestoreParameters(), new DrillHost(policy, run, log, isStopped))
                .run(run.runId());
        requireNotStopped();
        DrillReport report = drill.end(log);
        run.drilled(report.getNumber());
        DrillSentences.reason(report)
                .ifPresent(reason -> judge(report.isPassed() ? RunResult.INCOMPLETE : RunResult.FAILED, reason));
    }

    /** Although the thread may have been interrupted. */
    private String delete(ScratchTrees.Room room) {
        boolean wasInterrupted = Thread.interrupted();
        try {
            String leftover = ScratchTrees.delete(room);
            if (!leftover.isEmpty()) {
                log.line("WARNING: " + leftover);
            }
            return leftover;
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void retain(PolicyRetention.Pruning pruning) throws InterruptedException {
        requireNotStopped();
        try {
            List<RetentionReport> places = new PolicyRetention(
                            ProvenBackupConfiguration.get().toPolicy(policy),
                            run.getAuthor(),
                            log::line,
                            Clock.systemUTC())
                    .run(pruning);
            run.retained(places);
            Optional<RetentionReport> bad =
                    places.stream().filter(one -> !one.getProblems().isEmpty()).findFirst();
            bad.ifPresent(one -> judge(
                    RunResult.INCOMPLETE,
                    Messages.PolicyWork_retention(
                            one.getName(), one.getProblems().get(0))));
        } catch (IOException | IllegalArgumentException e) {
            requireNotStopped();
            String reason = Reason.of(e);
            log.line("ERROR: " + reason);
            judge(run.getKind() == RunKind.PRUNE ? RunResult.FAILED : RunResult.INCOMPLETE, reason);
        }
    }

    /** An engine that was cancelled says so by an error, too. */
    private void requireNotStopped() throws InterruptedException {
        if (isStopped.getAsBoolean()) {
            throw new InterruptedException();
        }
    }

    private void judge(RunResult how, String why) {
        if (problem.isEmpty() || result.compareTo(how) < 0) {
            problem = why;
        }
        result = result.or(how);
    }

    /** How it went, when it is over. */
    RunResult result() {
        return result;
    }

    /** What went wrong worst, in a sentence; empty for nothing. */
    String problem() {
        return problem;
    }
}
