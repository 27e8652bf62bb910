package io.jenkins.plugins.provenbackup.jenkins.metrics;

import io.jenkins.plugins.provenbackup.jenkins.results.Report;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The reports of one build among those of others. Immutable. */
@ExportedBean(defaultVisibility = 999)
public final class BuildReports {

    private final int number;
    private final List<Report> reports;

    /** Of a build, or of a run of a policy by itself. */
    public BuildReports(int number, List<Report> reports) {
        this.number = number;
        this.reports = List.copyOf(reports);
    }

    /** The build's number. */
    @Exported
    public int getNumber() {
        return number;
    }

    /** Its reports, in the order in which the operations ended. */
    @Exported
    public List<Report> getReports() {
        return reports;
    }

    /** For the page: what the table of builds says of each report. */
    public List<ReportRow> getRows() {
        return reports.stream().map(ReportRow::new).toList();
    }
}
