package io.jenkins.plugins.provenbackup.jenkins.metrics;

import hudson.model.Action;
import hudson.model.Api;
import hudson.model.Job;
import io.jenkins.plugins.provenbackup.jenkins.results.Report;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * How the backups of a job went from build to build: a box on its page, and more at {@code .../backup/}. Whoever may read the job
 * may read it. Lives for one request, and reads the builds once when they are first asked for.
 */
@ExportedBean
public final class JobBackupsAction implements Action {

    private final Job<?, ?> job;
    private List<BuildReports> builds;

    JobBackupsAction(Job<?, ?> job) {
        this.job = job;
    }

    /** The job. */
    public Job<?, ?> getJob() {
        return job;
    }

    /** The newest builds that have reports, the newest first. */
    @Exported
    public synchronized List<BuildReports> getBuilds() {
        if (builds == null) {
            builds = RecentReports.of(job);
        }
        return builds;
    }

    /** For the page: bytes, durations, recovery points and recovery times from build to build. */
    public List<String> getCharts() {
        return new Trends(getBuilds()).figures();
    }

    /** For the job's page: the charts that say most in little room. */
    public List<String> getMainCharts() {
        return new Trends(getBuilds()).mainFigures();
    }

    /** For the box: the newest of each kind of report, in a few words. */
    public List<ReportRow> getNewest() {
        return newestReports().stream().map(ReportRow::new).toList();
    }

    /** JSON, XML and the description of them at {@code api/}. */
    public Api getApi() {
        return new Api(this);
    }

    /** The newest numbers of each policy in the text format of Prometheus. */
    public void doPrometheus(StaplerResponse2 response) throws IOException {
        List<Report> oldestFirst = new ArrayList<>();
        for (BuildReports one : getBuilds()) {
            oldestFirst.addAll(0, one.getReports());
        }
        PrometheusText.of(oldestFirst).send(response);
    }

    private List<Report> newestReports() {
        Map<Class<?>, Report> newest = new LinkedHashMap<>();
        for (BuildReports one : getBuilds()) {
            for (int i = one.getReports().size() - 1; i >= 0; i--) {
                Report report = one.getReports().get(i);
                newest.putIfAbsent(report.getClass(), report);
            }
        }
        return List.copyOf(newest.values());
    }

    @Override
    public String getIconFileName() {
        return BackupMetricsAction.ICON;
    }

    @Override
    public String getDisplayName() {
        return Messages.JobBackupsAction_DisplayName();
    }

    @Override
    public String getUrlName() {
        return BackupMetricsAction.URL;
    }
}
