package io.jenkins.plugins.provenbackup.jenkins.metrics;

import hudson.model.Run;
import io.jenkins.plugins.provenbackup.jenkins.results.Report;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The reports of one build among those of others. Immutable. */
@ExportedBean(defaultVisibility = 999)
public final class BuildReports {

    private final Run<?, ?> run;
    private final List<Report> reports;

    BuildReports(Run<?, ?> run, List<Report> reports) {
        this.run = run;
        this.reports = List.copyOf(reports);
    }

    /** The build. */
    public Run<?, ?> getRun() {
        return run;
    }

    /** The build's number. */
    @Exported
    public int getNumber() {
        return run.getNumber();
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
