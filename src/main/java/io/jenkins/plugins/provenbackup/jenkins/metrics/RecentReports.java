package io.jenkins.plugins.provenbackup.jenkins.metrics;

import hudson.model.Job;
import hudson.model.Run;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the newest builds of a job until there are enough with reports. Each build that Jenkins has not in memory costs reading
 * its {@code build.xml}; so it stops, too, after so many builds without one.
 */
final class RecentReports {

    /** More than these a chart cannot show well. */
    static final int MOST_SHOWN = 30;

    static final int MOST_READ = 60;

    private RecentReports() {}

    /** The newest first. */
    static List<BuildReports> of(Job<?, ?> job) {
        List<BuildReports> found = new ArrayList<>();
        Run<?, ?> build = job.getLastBuild();
        for (int read = 0; build != null && read < MOST_READ && found.size() < MOST_SHOWN; read++) {
            BackupMetricsAction action = build.getAction(BackupMetricsAction.class);
            if (action != null) {
                found.add(new BuildReports(build.getNumber(), action.getReports()));
            }
            build = build.getPreviousBuild();
        }
        return found;
    }
}
