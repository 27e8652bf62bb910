package io.jenkins.plugins.provenbackup.jenkins.metrics;

import static io.jenkins.plugins.provenbackup.engine.charts.Unit.BYTES;
import static io.jenkins.plugins.provenbackup.engine.charts.Unit.COUNT;
import static io.jenkins.plugins.provenbackup.engine.charts.Unit.MILLISECONDS;

import io.jenkins.plugins.provenbackup.jenkins.results.BackupReport;
import io.jenkins.plugins.provenbackup.jenkins.results.RecoveryTestReport;
import io.jenkins.plugins.provenbackup.jenkins.results.Report;
import io.jenkins.plugins.provenbackup.jenkins.results.RestoreReport;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the page says of each kind of report. */
public final class Sections {

    private static final int BRIEF = 8;

    private Sections() {}

    /**
     * One report.
     *
     * @param anchor the fragment of its address, unique on the page
     */
    public static ReportSection of(Report report, String anchor) {
        if (report instanceof BackupReport backup) {
            return of(backup, anchor);
        }
        if (report instanceof RestoreReport restore) {
            return of(restore, anchor);
        }
        return of((RecoveryTestReport) report, anchor);
    }

    private static ReportSection of(BackupReport report, String anchor) {
        ReportSection section = new ReportSection(report, anchor, Messages.Sections_Backup(report.getSource()));
        section.tile(Messages.Fact_Files(), COUNT.text(report.getFiles()), BYTES.text(report.getBytes()));
        section.tile(Messages.Fact_BytesAdded(), BYTES.text(report.getBytesAdded()));
        section.tile(Messages.Fact_BytesStored(), BYTES.text(report.getBytesStored()));
        section.tile(Messages.Fact_Duration(), MILLISECONDS.text(report.getDurationMillis()), perSecond(report));
        section.tile(
                Messages.Fact_Copies(),
                Messages.Fact_CopiesOf(
                        report.getCopies(), report.getDestinations().size()),
                Messages.Fact_CopiesNeeded(report.getMinCopies()));
        section.chart(Figures.amounts(report));
        section.chart(Figures.files(report));
        phases(section, report);
        if (!report.getDestinations().isEmpty()) {
            section.chart(Figures.destinations(report));
        }
        identity(section, report);
        section.fact(Messages.Fact_Kind(), kind(report));
        if (!report.getParent().isEmpty()) {
            section.fact(Messages.Fact_Parent(), brief(report.getParent()));
        }
        section.fact(
                Messages.Fact_Files(),
                COUNT.text(report.getFiles()),
                Messages.Fact_FilesNote(
                        COUNT.text(report.getFilesNew()),
                        COUNT.text(report.getFilesChanged()),
                        COUNT.text(report.getFilesUnchanged())));
        section.fact(Messages.Fact_Directories(), COUNT.text(report.getDirectories()));
        section.fact(Messages.Fact_Symlinks(), COUNT.text(report.getSymlinks()));
        bytes(section, Messages.Fact_Bytes(), report.getBytes());
        bytes(section, Messages.Fact_BytesRead(), report.getBytesRead());
        bytes(section, Messages.Fact_BytesAdded(), report.getBytesAdded());
        bytes(section, Messages.Fact_BytesStored(), report.getBytesStored());
        section.fact(Messages.Fact_DedupRatio(), ratio(report.getDedupRatio()), Messages.Fact_DedupRatioNote());
        section.fact(
                Messages.Fact_CompressionRatio(),
                ratio(report.getCompressionRatio()),
                Messages.Fact_CompressionRatioNote());
        section.fact(Messages.Fact_Throughput(), perSecond(report), Messages.Fact_ThroughputNote());
        counted(section, Messages.Fact_Unreadable(), report.getUnreadable());
        counted(section, Messages.Fact_ChangedWhileRead(), report.getChangedWhileRead());
        counted(section, Messages.Fact_Vanished(), report.getVanished());
        counted(section, Messages.Fact_Special(), report.getSpecial());
        counted(section, Messages.Fact_MarkedExcluded(), report.getMarkedExcluded());
        section.destinations(report.getDestinations());
        section.caughtUp(report.getCaughtUp());
        section.problems(report.getWarnings(), report.getWarningCount());
        return section;
    }

    private static ReportSection of(RestoreReport report, String anchor) {
        ReportSection section = new ReportSection(
                report,
                anchor,
                report.isDryRun()
                        ? Messages.Sections_RestoreDryRun(report.getSource())
                        : Messages.Sections_Restore(report.getSource()));
        section.tile(Messages.Fact_FilesWritten(), COUNT.text(report.getFiles()));
        section.tile(Messages.Fact_BytesWritten(), BYTES.text(report.getBytes()));
        section.tile(Messages.Fact_Duration(), MILLISECONDS.text(report.getDurationMillis()), perSecond(report));
        section.tile(Messages.Fact_Failures(), COUNT.text(report.getFailureCount()));
        section.chart(Figures.entries(report));
        phases(section, report);
        identity(section, report);
        section.fact(Messages.Fact_Target(), report.getTarget());
        section.fact(Messages.Fact_From(), String.join(", ", report.getFrom()));
        section.fact(Messages.Fact_FilesWritten(), COUNT.text(report.getFiles()));
        section.fact(Messages.Fact_Directories(), COUNT.text(report.getDirectories()));
        section.fact(Messages.Fact_Symlinks(), COUNT.text(report.getSymlinks()));
        section.fact(Messages.Fact_HardLinks(), COUNT.text(report.getHardLinks()));
        bytes(section, Messages.Fact_BytesWritten(), report.getBytes());
        section.fact(Messages.Fact_Kept(), COUNT.text(report.getKept()), Messages.Fact_KeptNote());
        section.fact(Messages.Fact_Updated(), COUNT.text(report.getUpdated()), Messages.Fact_UpdatedNote());
        section.fact(Messages.Fact_Deleted(), COUNT.text(report.getDeleted()), Messages.Fact_DeletedNote());
        section.fact(Messages.Fact_Throughput(), perSecond(report));
        limitations(section, report.getLimitations());
        section.problems(report.getFailures(), report.getFailureCount());
        section.notes(report.getFailovers());
        return section;
    }

    private static ReportSection of(RecoveryTestReport report, String anchor) {
        ReportSection section = new ReportSection(report, anchor, Messages.Sections_RecoveryTest(report.getSource()));
        section.tile(
                Messages.Fact_Rto(),
                MILLISECONDS.text(report.getRtoMillis()),
                objective(report.getRtoObjectiveMillis()));
        section.tile(
                Messages.Fact_Rpo(),
                MILLISECONDS.text(report.getRpoMillis()),
                objective(report.getRpoObjectiveMillis()));
        section.tile(Messages.Fact_Files(), COUNT.text(report.getFiles()), BYTES.text(report.getBytes()));
        section.tile(
                Messages.Fact_Checks(),
                Messages.Fact_ChecksOf(
                        report.getChecks().stream()
                                .filter(one -> one.isPassed())
                                .count(),
                        report.getChecks().size()),
                Messages.State_Passed());
        section.tile(Messages.Fact_Errors(), COUNT.text(report.getErrors()));
        section.chart(Figures.rto(report));
        section.chart(Figures.rpo(report));
        phases(section, report);
        if (!report.getChecks().isEmpty()) {
            section.chart(Figures.checks(report));
        }
        identity(section, report);
        section.fact(Messages.Fact_TestedBy(), report.getBy());
        section.fact(Messages.Fact_From(), String.join(", ", report.getFrom()));
        section.fact(Messages.Fact_FilesRestored(), COUNT.text(report.getFiles()));
        bytes(section, Messages.Fact_BytesRestored(), report.getBytes());
        section.fact(Messages.Fact_RestoreTime(), MILLISECONDS.text(report.getRestoreMillis()), perSecond(report));
        section.fact(
                Messages.Fact_ComparisonTime(),
                report.getComparisonMillis() == 0
                        ? Messages.Fact_NotCompared()
                        : MILLISECONDS.text(report.getComparisonMillis()));
        section.fact(Messages.Fact_Duration(), MILLISECONDS.text(report.getDurationMillis()));
        section.fact(
                Messages.Fact_Rto(),
                met(report.getRtoObjectiveMillis(), report.isRtoMet()),
                objective(report.getRtoObjectiveMillis()));
        section.fact(
                Messages.Fact_Rpo(),
                met(report.getRpoObjectiveMillis(), report.isRpoMet()),
                objective(report.getRpoObjectiveMillis()));
        limitations(section, report.getLimitations());
        section.checks(report.getChecks());
        section.recordedAt(report.getDestinations());
        section.problems(
                report.getProblems(),
                Math.max(report.getErrors(), report.getProblems().size()));
        if (!report.getLeftover().isEmpty()) {
            section.problems(List.of(report.getLeftover()), 1);
        }
        section.notes(report.getFailovers());
        return section;
    }

    private static void identity(ReportSection section, Report report) {
        if (!report.getId().isEmpty()) {
            section.fact(Messages.Fact_Snapshot(), brief(report.getId()), report.getId());
        }
        section.fact(Messages.Fact_Source(), report.getSource());
        if (!report.getPolicy().isEmpty()) {
            section.fact(Messages.Fact_Policy(), report.getPolicy());
        }
    }

    private static void phases(ReportSection section, Report report) {
        if (!report.getPhases().isEmpty()) {
            section.chart(Figures.phases(report));
        }
    }

    private static void bytes(ReportSection section, String label, long bytes) {
        section.fact(label, BYTES.text(bytes), bytes < 1024 ? "" : Messages.Fact_ExactBytes(COUNT.text(bytes)));
    }

    private static void counted(ReportSection section, String label, long count) {
        if (count > 0) {
            section.fact(label, COUNT.text(count));
        }
    }

    private static void limitations(ReportSection section, Map<String, Long> limitations) {
        limitations.forEach((name, count) -> section.fact(
                Messages.Fact_NotExact(name.toLowerCase(Locale.ROOT).replace('_', ' ')), COUNT.text(count)));
    }

    /** As the command line abbreviates it. */
    static String brief(String id) {
        return id.substring(0, Math.min(BRIEF, id.length()));
    }

    static String kind(BackupReport report) {
        return switch (report.getKind()) {
            case "full" -> Messages.Kind_Full();
            case "incremental" -> Messages.Kind_Incremental();
            case "differential" -> Messages.Kind_Differential();
            default -> report.getKind();
        };
    }

    private static String perSecond(Report report) {
        return Messages.Fact_PerSecond(BYTES.text(report.getBytesPerSecond()));
    }

    private static String ratio(double ratio) {
        return ratio == 0 ? "–" : String.format(Locale.ROOT, "%.2f : 1", ratio);
    }

    private static String objective(long millis) {
        return millis == 0 ? Messages.Fact_NoObjective() : Messages.Fact_Objective(MILLISECONDS.brief(millis));
    }

    private static String met(long objective, boolean met) {
        if (objective == 0) {
            return "–";
        }
        return met ? Messages.Fact_Met() : Messages.Fact_Missed();
    }
}
