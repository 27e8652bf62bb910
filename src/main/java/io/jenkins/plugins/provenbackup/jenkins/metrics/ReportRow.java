package io.jenkins.plugins.provenbackup.jenkins.metrics;

import static io.jenkins.plugins.provenbackup.engine.charts.Unit.BYTES;
import static io.jenkins.plugins.provenbackup.engine.charts.Unit.COUNT;
import static io.jenkins.plugins.provenbackup.engine.charts.Unit.MILLISECONDS;

import io.jenkins.plugins.provenbackup.jenkins.results.BackupReport;
import io.jenkins.plugins.provenbackup.jenkins.results.RecoveryTestReport;
import io.jenkins.plugins.provenbackup.jenkins.results.Report;
import io.jenkins.plugins.provenbackup.jenkins.results.RestoreReport;
import java.util.Date;

/** A report in one line. Immutable. */
public final class ReportRow {

    private final Report report;

    public ReportRow(Report report) {
        this.report = report;
    }

    /** Backup, restore or recovery test. */
    public String getKind() {
        if (report instanceof BackupReport backup) {
            return Messages.Row_Backup(Sections.kind(backup));
        }
        return report instanceof RestoreReport ? Messages.Row_Restore() : Messages.Row_RecoveryTest();
    }

    /** The policy, or else the source. */
    public String getSubject() {
        return report.getPolicy().isEmpty() ? report.getSource() : report.getPolicy();
    }

    /** When it began. */
    @SuppressWarnings("JavaUtilDate") // what Jelly can format
    public Date getStart() {
        return new Date(report.getStartMillis());
    }

    /** How it ended, in a word. */
    public String getState() {
        return state(report);
    }

    /** How well that is. */
    public Verdict getVerdict() {
        return Verdict.on(report);
    }

    /** How long it took. */
    public String getDuration() {
        return MILLISECONDS.text(report.getDurationMillis());
    }

    /** The numbers that matter for its kind. */
    public String getSummary() {
        if (report instanceof BackupReport backup) {
            return Messages.Row_BackupSummary(
                    COUNT.text(backup.getFiles()),
                    BYTES.text(backup.getBytesAdded()),
                    BYTES.text(backup.getBytesStored()),
                    Messages.Fact_CopiesOf(
                            backup.getCopies(), backup.getDestinations().size()));
        }
        if (report instanceof RestoreReport restore) {
            return Messages.Row_RestoreSummary(COUNT.text(restore.getFiles()), BYTES.text(restore.getBytes()));
        }
        RecoveryTestReport test = (RecoveryTestReport) report;
        return Messages.Row_RecoveryTestSummary(
                against(test.getRtoMillis(), test.getRtoObjectiveMillis()),
                against(test.getRpoMillis(), test.getRpoObjectiveMillis()));
    }

    static String state(Report report) {
        if (report instanceof RecoveryTestReport test) {
            return state(test);
        }
        return report.isComplete() ? Messages.State_Complete() : Messages.State_Incomplete();
    }

    private static String state(RecoveryTestReport test) {
        if (!test.isPassed()) {
            return Messages.State_Failed();
        }
        if (!test.isRtoMet() || !test.isRpoMet()) {
            return Messages.State_ObjectiveMissed();
        }
        return test.isComplete() ? Messages.State_Passed() : Messages.State_PassedWithWarnings();
    }

    private static String against(long millis, long objective) {
        String text = MILLISECONDS.text(millis);
        return objective == 0 ? text : Messages.Chart_Of(text, MILLISECONDS.brief(objective));
    }
}
