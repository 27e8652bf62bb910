package io.jenkins.plugins.provenbackup.jenkins.drill;

import hudson.model.Api;
import hudson.model.ModelObject;
import io.jenkins.plugins.provenbackup.engine.policy.runbook.Document;
import io.jenkins.plugins.provenbackup.jenkins.metrics.Plain;
import io.jenkins.plugins.provenbackup.jenkins.results.DrillReport;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The report of one drill. Whoever made this page looked whether the user may see it. For one request. */
@ExportedBean
public final class DrillPage implements ModelObject {

    private final DrillReport report;
    private final List<DrillReport> earlier;
    private final ZoneId zone;

    /**
     * Of a report.
     *
     * @param earlier drills of the same policy, the newest first
     * @param zone in which times are written
     */
    DrillPage(DrillReport report, List<DrillReport> earlier, ZoneId zone) {
        this.report = report;
        this.earlier = List.copyOf(earlier);
        this.zone = zone;
    }

    @Override
    public String getDisplayName() {
        return "#" + report.getNumber();
    }

    /** All that is kept of it. */
    @Exported(inline = true)
    public DrillReport getReport() {
        return report;
    }

    /** How it ended. */
    public DrillRow getRow() {
        return new DrillRow(report);
    }

    /** What it says. */
    public List<ShownBlock> getBlocks() {
        return ShownBlock.of(document());
    }

    private Document document() {
        return new DrillText(report, earlier, zone).document();
    }

    /** JSON, XML and the description of them at {@code api/}. */
    public Api getApi() {
        return new Api(this);
    }

    /** The report as one page that needs nothing else, to be printed or sent. */
    public void doPrint(StaplerResponse2 response) throws IOException {
        Plain.sendPage(response, document().html());
    }

    /** The report as a text. */
    public void doMarkdown(StaplerResponse2 response) throws IOException {
        response.setHeader(
                "Content-Disposition", "attachment; filename=\"recovery-drill-" + report.getNumber() + ".md\"");
        Plain.send(response, "text/markdown; charset=utf-8", document().markdown());
    }
}
