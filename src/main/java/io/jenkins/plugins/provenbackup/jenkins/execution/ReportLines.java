package io.jenkins.plugins.provenbackup.jenkins.execution;

import io.jenkins.plugins.provenbackup.engine.Amounts;
import io.jenkins.plugins.provenbackup.jenkins.results.BackupReport;
import io.jenkins.plugins.provenbackup.jenkins.results.CatchUpReport;
import io.jenkins.plugins.provenbackup.jenkins.results.CheckReport;
import io.jenkins.plugins.provenbackup.jenkins.results.DestinationReport;
import io.jenkins.plugins.provenbackup.jenkins.results.RecoveryTestReport;
import io.jenkins.plugins.provenbackup.jenkins.results.RestoreReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reports as a few lines of a build's log. */
final class ReportLines {

    private static final int SHOWN = 20;
    private static final int BRIEF = 8;

    private ReportLines() {}

    static List<String> of(BackupReport report) {
        List<String> lines = new ArrayList<>();
        shown(lines, "WARNING: ", report.getWarnings(), report.getWarningCount());
        lines.add((report.isDryRun() ? "dry run, nothing was stored" : "snapshot " + brief(report.getId())) + " ("
                + report.getKind() + (report.getParent().isEmpty() ? "" : " on " + brief(report.getParent())) + "): "
                + Amounts.count(report.getFilesNew()) + " new, " + Amounts.count(report.getFilesChanged())
                + " changed, " + Amounts.count(report.getFilesUnchanged()) + " unchanged; "
                + Amounts.count(report.getFiles(), "file") + ", " + Amounts.size(report.getBytes()));
        lines.add("read " + Amounts.size(report.getBytesRead()) + ", new content "
                + Amounts.size(report.getBytesAdded()) + ", stored as " + Amounts.size(report.getBytesStored()) + " in "
                + duration(report.getDurationMillis()));
        for (DestinationReport one : report.getDestinations()) {
            lines.add(one.getName() + ": " + one.getState()
                    + (one.getReason().isEmpty()
                            ? ", " + Amounts.size(one.getBytesUploaded()) + " uploaded"
                            : ", " + one.getReason())
                    + (one.getImmutableUntil().isEmpty() ? "" : ", immutable until " + one.getImmutableUntil())
                    + (one.getNotImmutable().isEmpty() ? "" : ", not immutable: " + one.getNotImmutable()));
        }
        for (CatchUpReport one : report.getCaughtUp()) {
            lines.add(one.getName() + ": caught up " + Amounts.count(one.getSnapshots(), "missed snapshot") + ", "
                    + one.getState().replace('_', ' ')
                    + (one.getReason().isEmpty() ? "" : ", " + one.getReason()));
        }
        return lines;
    }

    static List<String> of(RestoreReport report) {
        List<String> lines = new ArrayList<>();
        shown(lines, "WARNING: ", report.getFailures(), report.getFailureCount());
        lines.add((report.isDryRun() ? "would restore " : "restored ") + brief(report.getId()) + " to '"
                + report.getTarget() + "': " + Amounts.count(report.getFiles(), "file") + ", "
                + Amounts.size(report.getBytes()) + " written, " + Amounts.count(report.getKept()) + " kept, "
                + Amounts.count(report.getDeleted()) + " deleted in " + duration(report.getDurationMillis()));
        report.getLimitations()
                .forEach((kind, count) -> lines.add("not restored exactly: " + kind + " x " + Amounts.count(count)));
        return lines;
    }

    static List<String> of(RecoveryTestReport report) {
        List<String> lines = new ArrayList<>();
        shown(lines, "ERROR: ", report.getProblems(), report.getErrors());
        lines.add("recovery test of " + brief(report.getId()) + " " + (report.isPassed() ? "passed" : "FAILED") + ": "
                + Amounts.count(report.getFiles(), "file") + ", " + Amounts.size(report.getBytes()) + " restored in "
                + duration(report.getRestoreMillis()) + ", compared in " + duration(report.getComparisonMillis()));
        for (CheckReport one : report.getChecks()) {
            lines.add("check " + one.getName() + ": " + (one.isPassed() ? "passed" : one.getProblem()));
        }
        lines.add("recovery point " + duration(report.getRpoMillis()) + " old"
                + objective(report.getRpoObjectiveMillis(), report.isRpoMet()) + ", recovery time "
                + duration(report.getRtoMillis()) + objective(report.getRtoObjectiveMillis(), report.isRtoMet()));
        for (DestinationReport one : report.getDestinations()) {
            if (!one.getReason().isEmpty()) {
                lines.add("the result is not kept at " + one.getName() + ": " + one.getReason());
            }
        }
        return lines;
    }

    private static String objective(long millis, boolean isMet) {
        return millis == 0 ? "" : " (objective " + duration(millis) + (isMet ? ")" : ", MISSED)");
    }

    private static void shown(List<String> lines, String prefix, List<String> messages, long all) {
        messages.stream().limit(SHOWN).forEach(message -> lines.add(prefix + message));
        long more = all - Math.min(messages.size(), SHOWN);
        if (more > 0) {
            lines.add("... and " + Amounts.count(more) + " more");
        }
    }

    private static String duration(long millis) {
        return Amounts.duration(Duration.ofMillis(millis));
    }

    private static String brief(String id) {
        return id.substring(0, Math.min(BRIEF, id.length()));
    }
}
