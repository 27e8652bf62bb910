package io.jenkins.plugins.provenbackup.jenkins.execution;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.provenbackup.engine.Amounts;
import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.OpenDestinations;
import io.jenkins.plugins.provenbackup.engine.OpenRequest;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.engine.policy.Elapsed;
import io.jenkins.plugins.provenbackup.engine.recovery.CheckResult;
import io.jenkins.plugins.provenbackup.engine.recovery.RecordTest;
import io.jenkins.plugins.provenbackup.engine.recovery.RecoveryTestResult;
import io.jenkins.plugins.provenbackup.engine.snapshots.ListSnapshots;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import io.jenkins.plugins.provenbackup.engine.snapshots.SnapshotSelector;
import io.jenkins.plugins.provenbackup.jenkins.access.Granted;
import io.jenkins.plugins.provenbackup.jenkins.access.JobAccess;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.JenkinsHomeSource;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicySource;
import io.jenkins.plugins.provenbackup.jenkins.results.CheckReport;
import io.jenkins.plugins.provenbackup.jenkins.results.Objectives;
import io.jenkins.plugins.provenbackup.jenkins.results.RecoveryTestReport;
import io.jenkins.plugins.provenbackup.jenkins.results.ReportSubject;
import io.jenkins.plugins.provenbackup.jenkins.secrets.ControllerKeys;
import io.jenkins.plugins.provenbackup.jenkins.secrets.DestinationAccess;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The recovery test that a step or a schedule asks for, on the controller, in two halves: {@link #prove} restores and compares where the test runs;
 * {@link #finish} deletes the tree, keeps the result at the destinations and holds it against the objectives. For one thread, whose
 * interrupt cancels it.
 */
public final class RecoveryTestTask {

    private final String by;
    private final boolean isOnController;
    private final TaskListener listener;
    private final RestoreParameters wish;
    private final ReadableSnapshots snapshots;
    private final Optional<Duration> rpo;
    private final Optional<Duration> rto;
    private final long downloadRate;

    private RecoveryTestTask(
            String by,
            boolean isOnController,
            TaskListener listener,
            RestoreParameters wish,
            ReadableSnapshots snapshots)
            throws AbortException {
        this.by = by;
        this.isOnController = isOnController;
        this.listener = listener;
        this.wish = wish;
        this.snapshots = snapshots;
        Optional<BackupPolicy> policy = snapshots.policy();
        try {
            rpo = objective(wish.rpo, policy.map(BackupPolicy::getRpo));
            rto = objective(wish.rto, policy.map(BackupPolicy::getRto));
            downloadRate = wish.limitDownload.isEmpty() ? 0 : Amounts.rate(wish.limitDownload);
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    private static Optional<Duration> objective(String own, Optional<String> ofPolicy) {
        String text = own.isEmpty() ? ofPolicy.orElse("") : own;
        return text.isEmpty() ? Optional.empty() : Optional.of(Elapsed.parse(text));
    }

    /**
     * Prepares a task, as the one that the calling thread acts for.
     *
     * @throws AbortException when what is asked for is not allowed or makes no sense; the message says what to do
     */
    public static RecoveryTestTask of(Run<?, ?> run, TaskListener listener, RestoreParameters wish)
            throws AbortException {
        if (wish.drill) {
            BackupPolicy policy = PolicyChoice.of(wish.policy, JobAccess.of(run), Granted.Purpose.RESTORE)
                    .orElseThrow(() -> new AbortException("A recovery drill needs a policy."));
            ReadableSnapshots drilled = ofDrill(policy, wish);
            return new RecoveryTestTask(run.getExternalizableId(), drilled.isHome(), listener, wish, drilled);
        }
        ReadableSnapshots snapshots = ReadableSnapshots.of(run, wish);
        if (wish.boot && !snapshots.isHome()) {
            throw new AbortException("boot goes with a JENKINS_HOME, and '" + snapshots.source()
                    + "' is none: leave it out, or give a policy with one.");
        }
        return new RecoveryTestTask(run.getExternalizableId(), snapshots.isHome(), listener, wish, snapshots);
    }

    /**
     * Prepares what a policy does by itself, as the system and on the controller: a test of the newest snapshot of one of its sources.
     *
     * @param by which run of the policy, for the record of the test
     * @throws AbortException when it makes no sense; the message says what to do
     */
    public static RecoveryTestTask ofPolicy(BackupPolicy policy, PolicySource source, String by, TaskListener listener)
            throws AbortException {
        RestoreParameters wish = new RestoreParameters();
        wish.policy = policy.getName();
        wish.boot = policy.isBootTest() && source instanceof JenkinsHomeSource;
        return new RecoveryTestTask(by, true, listener, wish, ReadableSnapshots.ofPolicy(policy, source));
    }

    /**
     * Prepares one test of a recovery drill that a policy makes by itself, as the system and on the controller.
     *
     * @param by which run of the policy, for the record of the test
     * @param wish with the full name of the source, the snapshot, and the destination to read from
     * @throws AbortException when it makes no sense; the message says what to do
     */
    public static RecoveryTestTask ofDrill(
            BackupPolicy policy, RestoreParameters wish, String by, TaskListener listener) throws AbortException {
        return new RecoveryTestTask(by, true, listener, wish, ofDrill(policy, wish));
    }

    private static ReadableSnapshots ofDrill(BackupPolicy policy, RestoreParameters wish) throws AbortException {
        PolicySource source = policy.getSources().stream()
                .filter(one -> one.sourceName(policy).equals(wish.source))
                .findFirst()
                .orElseThrow(() -> new AbortException(
                        "The policy '" + policy.getName() + "' has no source '" + wish.source + "' any more."));
        return ReadableSnapshots.ofDrill(policy, source, wish.from);
    }

    /** Whether it is a test of a JENKINS_HOME, which happens on the controller and shows its files to nobody. */
    public boolean isHome() {
        return snapshots.isHome();
    }

    /**
     * Where the restored tree goes: beside the workspace, in the place for what is temporary; that of a JENKINS_HOME on the controller,
     * where no build looks, as does that of a test which a policy makes by itself.
     *
     * @param runId random
     */
    public ScratchTrees.Room room(String runId, Place.Finder places) throws IOException, InterruptedException {
        String name = ScratchTrees.PREFIX + runId;
        if (isOnController) {
            return ScratchTrees.onController(name);
        }
        FilePath workspace = places.find().workspace();
        Computer computer = workspace.toComputer();
        if (computer == null) {
            throw new AbortException("The machine of the workspace is not known any more.");
        }
        return new ScratchTrees.Room(
                computer.getName(), WorkspaceList.tempDir(workspace).child(name).getRemote());
    }

    /**
     * Restores into a scratch directory and compares; deletes it again when that fails.
     *
     * @param runId random, the same for every attempt
     */
    public RestoredTree prove(ScratchTrees.Room room, String runId) throws IOException, InterruptedException {
        BuildLog log = new BuildLog(listener);
        ChosenDestinations destinations = snapshots.destinations();
        log.line("testing the recovery of " + snapshots.source() + " from "
                + String.join(", ", destinations.names().values()));
        try (ControllerKeys keys = ControllerKeys.open(destinations.keys());
                ChosenSnapshot chosen = ChosenSnapshot.of(
                        keys, destinations, snapshots.source(), wish.snapshot, snapshots.minCopies(), log);
                RunSecrets secrets = RunSecrets.of(keys, snapshots.source(), destinations.access())) {
            ProofCall call = new ProofCall(
                    chosen.place(), runId, room.directory(), downloadRate, secrets, chosen.streams(), log);
            return Dispatch.run(room.channel(), call, log)
                    .withRecoveryPoint(wish.drill ? chosen.manifest().start() : chosen.recoveryPoint());
        }
    }

    /**
     * Boots the restored home, if that was asked for. It changes the tree, which was compared before.
     *
     * @return what became of it
     */
    public Optional<CheckReport> boot(RestoredTree tree) throws InterruptedException {
        return wish.boot && tree.isThere()
                ? Optional.of(HomeBoot.check(tree, new BuildLog(listener)))
                : Optional.empty();
    }

    /**
     * Keeps that a snapshot could not even be begun to restore, and reports it.
     *
     * @param taken when the snapshot was
     * @param start when the test began
     * @param problem why, in a sentence
     */
    public RecoveryTestReport fail(String snapshot, Instant taken, Instant start, String problem)
            throws IOException, InterruptedException {
        List<String> from = List.copyOf(snapshots.destinations().names().keySet());
        RestoredTree none = RestoredTree.none(snapshot, start, from, problem).withRecoveryPoint(taken);
        return finish(none, List.of(), "");
    }

    /**
     * Keeps the result and reports.
     *
     * @param checks what was tried in the tree
     * @param leftover why the tree could not be deleted; empty when it was
     */
    public RecoveryTestReport finish(RestoredTree tree, List<CheckReport> checks, String leftover)
            throws IOException, InterruptedException {
        BuildLog log = new BuildLog(listener);
        ChosenDestinations everywhere = snapshots.everywhere();
        List<DestinationAccess> access = everywhere.access();
        OpenRequest open = DestinationAccess.open(access);
        try (ControllerKeys keys = ControllerKeys.open(everywhere.keys());
                Destinations opened = OpenDestinations.run(open);
                SourceKey key = keys.sourceKey(snapshots.source())) {
            opened.verify(keys.backupKey());
            Snapshot snapshot = SnapshotSelector.parse(tree.snapshot()).in(ListSnapshots.run(opened.reached(), key));
            RecoveryTestResult result = RecordTest.run(
                    snapshot.manifest(),
                    key,
                    opened.reached(),
                    by + "@" + BackupCall.host(),
                    tree.proof(),
                    checks.stream().map(RecoveryTestTask::result).toList(),
                    leftover.isEmpty() ? Optional.empty() : Optional.of(leftover));
            RecoveryTestReport report = RecoveryTestReport.of(
                    new ReportSubject(wish.policy, snapshots.source(), everywhere.names()),
                    result,
                    checks,
                    new Objectives(Duration.between(tree.recoveryPoint(), tree.start()), rpo, rto),
                    tree.times(),
                    Duration.between(tree.start(), Instant.now()));
            ReportLines.of(report).forEach(log::line);
            return report;
        } finally {
            DestinationAccess.wipe(open);
            access.forEach(DestinationAccess::close);
        }
    }

    private static CheckResult result(CheckReport check) {
        return new CheckResult(
                check.getName(),
                check.isPassed() ? Optional.empty() : Optional.of(check.getProblem()),
                Duration.ofMillis(check.getMillis()));
    }
}
