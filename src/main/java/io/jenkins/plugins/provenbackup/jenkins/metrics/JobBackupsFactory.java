package io.jenkins.plugins.provenbackup.jenkins.metrics;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.Job;
import hudson.model.Run;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import jenkins.model.TransientActionFactory;

/**
 * Gives each job that has backups its page. Jenkins asks often, and reading builds is slow; so each build is looked at once at
 * most, and only the newest few of a job.
 */
@Extension
@SuppressWarnings("rawtypes") // Jenkins asks by the raw class
public final class JobBackupsFactory extends TransientActionFactory<Job> {

    private static final int MOST_BUILDS = 10;
    private static final int FOUND = -1;

    /** By job the number of the newest build that was looked at in vain, or {@link #FOUND}. */
    private final Map<Job, Integer> memory = Collections.synchronizedMap(new WeakHashMap<>());

    @Override
    public Class<Job> type() {
        return Job.class;
    }

    @Override
    public Class<? extends Action> actionType() {
        return JobBackupsAction.class;
    }

    @Override
    public Collection<? extends Action> createFor(Job job) {
        return hasBackups(job) ? List.of(new JobBackupsAction(job)) : List.of();
    }

    /** A build of the job has a report now. */
    void remember(Job job) {
        memory.put(job, FOUND);
    }

    private boolean hasBackups(Job<?, ?> job) {
        int known = memory.getOrDefault(job, 0);
        if (known == FOUND) {
            return true;
        }
        Run<?, ?> newest = job.getLastBuild();
        Run<?, ?> build = newest;
        for (int looked = 0; build != null && build.getNumber() > known && looked < MOST_BUILDS; looked++) {
            if (build.getAction(BackupMetricsAction.class) != null) {
                remember(job);
                return true;
            }
            build = build.getPreviousBuild();
        }
        if (newest != null) {
            memory.putIfAbsent(job, 0);
            memory.replace(job, known, newest.getNumber());
        }
        return false;
    }
}
