package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.provenbackup.engine.policy.Control;
import io.jenkins.plugins.provenbackup.engine.policy.Control.Kind;
import io.jenkins.plugins.provenbackup.engine.policy.Control.Measure;
import io.jenkins.plugins.provenbackup.engine.policy.Control.Unit;
import io.jenkins.plugins.provenbackup.engine.policy.Control.Verdict;
import io.jenkins.plugins.provenbackup.jenkins.access.Granted;
import io.jenkins.plugins.provenbackup.jenkins.access.JobPatterns;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.metrics.BackupMetricsAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;

/** Judges whether the jobs that a policy names one by one follow it: their last builds made a backup by it. */
final class JobDrift {

    static final String SUBJECT = "jobs";

    private static final int MOST_BUILDS = 5;

    private JobDrift() {}

    /** Empty for a policy that names none, or whose names cannot be read. */
    static Optional<Control> of(BackupPolicy policy) {
        List<String> names;
        try {
            names = JobPatterns.parse(policy.allowedJobs(Granted.Purpose.BACK_UP))
                    .exact();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (names.isEmpty()) {
            return Optional.empty();
        }
        List<String> found = new ArrayList<>();
        for (String name : names) {
            Job<?, ?> job = Jenkins.get().getItemByFullName(name, Job.class);
            if (job == null) {
                found.add(Messages.JobDrift_missing(name));
            } else if (strays(job, policy.getName())) {
                found.add(Messages.JobDrift_strays(name));
            }
        }
        return Optional.of(new Control(
                Kind.DRIFT,
                Optional.of(SUBJECT),
                Messages.JobDrift_objective(),
                found.isEmpty() ? Messages.JobDrift_kept() : String.join("; ", found),
                found.isEmpty() ? Verdict.MET : Verdict.MISSED,
                found.isEmpty() ? "" : Messages.Advice_jobs(),
                Optional.of(new Measure(found.size(), 0, Unit.COUNT))));
    }

    /** A job that was not built yet strays from nothing, and a build that goes on may still make its backup. */
    private static boolean strays(Job<?, ?> job, String policy) {
        int looked = 0;
        for (Run<?, ?> build = job.getLastBuild();
                build != null && looked < MOST_BUILDS;
                build = build.getPreviousBuild()) {
            if (build.isBuilding()) {
                continue;
            }
            BackupMetricsAction action = build.getAction(BackupMetricsAction.class);
            if (action != null
                    && action.getReports().stream()
                            .anyMatch(report -> report.getPolicy().equals(policy))) {
                return false;
            }
            looked++;
        }
        return looked > 0;
    }
}
