package io.jenkins.plugins.provenbackup.jenkins.schedule;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.PeriodicWork;
import io.jenkins.plugins.provenbackup.engine.Reason;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import io.jenkins.plugins.provenbackup.jenkins.results.RetentionReport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;

/**
 * Looks every minute which policies are due, and begins what they ask for: never two runs of one policy at once, nor more than two at
 * all; what has to wait is begun by a later look. Thread-safe.
 */
@Extension
public final class PolicySchedules extends PeriodicWork {

    /** Each reads, compresses and encrypts: more of them would be at the cost of builds. */
    private static final int MOST_AT_ONCE = 2;

    /** What a prune condemns another one deletes a day later; more often it would do nothing. */
    private static final Duration BETWEEN_PRUNES = Duration.ofHours(20);

    private static final long SECONDS_TO_END = 20;

    private final Map<String, RunningPolicy> running = new ConcurrentHashMap<>();

    /** Policies whose run could not even begin, with the reason. */
    private final Map<String, String> hindered = new ConcurrentHashMap<>();

    private PlanFile plan;

    /** The one of this Jenkins. */
    public static PolicySchedules get() {
        return ExtensionList.lookupSingleton(PolicySchedules.class);
    }

    @Override
    public long getRecurrencePeriod() {
        return MIN;
    }

    @Override
    public long getInitialDelay() {
        return TimeUnit.SECONDS.toMillis(20);
    }

    @Override
    protected void doRun() {
        look(Instant.now());
    }

    /** Begins what is due. */
    synchronized void look(Instant now) {
        if (Jenkins.get().isQuietingDown() || Jenkins.get().isTerminating()) {
            return;
        }
        PlanFile known = plan();
        Set<String> keys = new HashSet<>();
        for (BackupPolicy policy : ProvenBackupConfiguration.get().getPolicies()) {
            Optional<PolicySchedule> first = Optional.empty();
            Optional<Plan.Due> waited = Optional.empty();
            for (PolicySchedule schedule : PolicySchedule.of(policy)) {
                keys.add(schedule.key());
                Optional<Plan.Due> due = known.plan().due(schedule.key(), schedule.text(), schedule.times(), now);
                // What has waited longest comes first, or frequent backups would never let a test begin.
                if (due.isPresent()
                        && (waited.isEmpty()
                                || due.get().since().isBefore(waited.get().since()))) {
                    first = Optional.of(schedule);
                    waited = due;
                }
            }
            if (first.isPresent() && !running.containsKey(policy.getName()) && running.size() < MOST_AT_ONCE) {
                known.plan().handled(first.get().key(), first.get().text(), now);
                known.keep();
                begin(policy, first.get().kind(), waited.orElseThrow().cause(), "", now);
            }
        }
        known.plan().keepOnly(keys);
        known.keep();
        hindered.keySet()
                .removeIf(name -> ProvenBackupConfiguration.get().policy(name).isEmpty());
    }

    /**
     * Begins a run because the user of this thread asked for it.
     *
     * @throws IllegalStateException when one of the policy goes on, in words for the user
     */
    synchronized PolicyRun begin(BackupPolicy policy, RunKind kind) {
        plan();
        RunningPolicy other = running.get(policy.getName());
        if (other != null) {
            throw new IllegalStateException(
                    Messages.PolicySchedules_busy(other.policyRun().toString()));
        }
        return begin(policy, kind, RunCause.USER, Jenkins.getAuthentication2().getName(), Instant.now())
                .orElseThrow(() -> new IllegalStateException(hindered.get(policy.getName())));
    }

    private Optional<PolicyRun> begin(BackupPolicy policy, RunKind kind, RunCause cause, String by, Instant now) {
        try {
            PolicyRun run = PolicyRuns.get().begin(policy.getName(), kind, cause, by, Instant.now());
            RunningPolicy begun = new RunningPolicy(policy, run, pruning(policy, kind, now), this::over);
            running.put(policy.getName(), begun);
            hindered.remove(policy.getName());
            begun.start();
            return Optional.of(run);
        } catch (IOException e) {
            hindered.put(policy.getName(), Messages.PolicySchedules_hindered(Reason.of(e)));
            return Optional.empty();
        }
    }

    private static PolicyRetention.Pruning pruning(BackupPolicy policy, RunKind kind, Instant now) {
        boolean wasPruned = PolicyRuns.get().of(policy.getName()).stream()
                .filter(run -> run.getRetention().stream().anyMatch(RetentionReport::isPruned))
                .anyMatch(run -> Instant.ofEpochMilli(run.getStartMillis())
                        .plus(BETWEEN_PRUNES)
                        .isAfter(now));
        return kind == RunKind.PRUNE || !wasPruned ? PolicyRetention.Pruning.WANTED : PolicyRetention.Pruning.NOT_YET;
    }

    private void over(RunningPolicy ended) {
        running.remove(ended.policyRun().getPolicy(), ended);
    }

    /** Ends a run, if it goes on. */
    void stop(PolicyRun run, String why) {
        RunningPolicy found = running.get(run.getPolicy());
        if (found != null && found.policyRun() == run) {
            found.stop(why);
        }
    }

    /** Ends all runs before Jenkins does; those that were due are made good after its next start. */
    void shutDown() throws InterruptedException {
        List<RunningPolicy> all = new ArrayList<>(running.values());
        for (RunningPolicy one : all) {
            owe(one.policyRun());
            one.stop(Messages.PolicySchedules_shutDown());
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_END);
        for (RunningPolicy one : all) {
            one.await(TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
        }
    }

    private synchronized void owe(PolicyRun run) {
        if (run.getCause() == RunCause.SCHEDULE) {
            plan().plan().owe(PolicySchedule.key(run.getPolicy(), run.getKind()));
            plan().keep();
        }
    }

    /** At the first look it takes up what an earlier session left. */
    private PlanFile plan() {
        if (plan == null) {
            plan = PlanFile.read();
            ProvenBackupConfiguration.get()
                    .getPolicies()
                    .forEach(policy -> new CutOffRuns(policy.getName()).end(this::owe));
        }
        return plan;
    }

    /** Policies whose run could not even begin, with the reason. */
    Map<String, String> hindered() {
        return Map.copyOf(hindered);
    }

    /** Whether a run goes on. */
    boolean isRunning() {
        return !running.isEmpty();
    }
}
