package io.jenkins.plugins.provenbackup.jenkins.steps;

import hudson.AbortException;
import hudson.console.HyperlinkNote;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.provenbackup.engine.Reason;
import io.jenkins.plugins.provenbackup.jenkins.drill.DrillLink;
import io.jenkins.plugins.provenbackup.jenkins.drill.Drills;
import io.jenkins.plugins.provenbackup.jenkins.execution.OnIncomplete;
import io.jenkins.plugins.provenbackup.jenkins.execution.Verdict;
import io.jenkins.plugins.provenbackup.jenkins.metrics.BackupMetricsAction;
import io.jenkins.plugins.provenbackup.jenkins.results.BackupReport;
import io.jenkins.plugins.provenbackup.jenkins.results.DrillReport;
import io.jenkins.plugins.provenbackup.jenkins.results.RecoveryTestReport;
import io.jenkins.plugins.provenbackup.jenkins.results.Report;
import io.jenkins.plugins.provenbackup.jenkins.results.RestoreReport;
import java.io.IOException;
import java.util.Optional;

/** Keeps reports with their build, and lets them decide its result. */
public final class BuildRecords {

    private BuildRecords() {}

    /** Keeps one, and leads from the log to its page. */
    public static void keep(Run<?, ?> run, TaskListener listener, Report report) {
        try {
            BackupMetricsAction.record(run, report);
        } catch (IOException e) {
            listener.getLogger().println("[backup] The figures are lost at the next restart: " + Reason.of(e));
        }
        String page =
                "/" + run.getUrl() + run.getAction(BackupMetricsAction.class).getUrlName() + "/";
        listener.getLogger().println("[backup] " + HyperlinkNote.encodeTo(page, Messages.BuildRecords_link()));
    }

    /** Leads from the build and its log to the report of a recovery drill. */
    public static void keep(Run<?, ?> run, TaskListener listener, DrillReport report) {
        if (report.getNumber() > 0) {
            run.addAction(new DrillLink(report));
            String page = "/" + Drills.urlOf(report);
            listener.getLogger().println("[backup] " + HyperlinkNote.encodeTo(page, Messages.BuildRecords_drill()));
        }
    }

    /**
     * Lets it decide.
     *
     * @throws AbortException when the step shall fail
     */
    public static void judge(Run<?, ?> run, TaskListener listener, Report report, OnIncomplete onIncomplete)
            throws AbortException {
        Optional<String> reason = reason(report);
        if (reason.isPresent()) {
            onIncomplete.apply(run, listener, reason.get());
        }
    }

    private static Optional<String> reason(Report report) {
        if (report instanceof BackupReport backup) {
            return Verdict.of(backup);
        } else if (report instanceof RestoreReport restore) {
            return Verdict.of(restore);
        }
        return Verdict.of((RecoveryTestReport) report);
    }
}
