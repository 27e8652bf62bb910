package io.jenkins.plugins.provenbackup.jenkins.schedule;

import hudson.model.Api;
import hudson.model.ModelObject;
import io.jenkins.plugins.provenbackup.engine.charts.Unit;
import io.jenkins.plugins.provenbackup.jenkins.access.BackupPermissions;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicyLinks;
import io.jenkins.plugins.provenbackup.jenkins.drill.DrillRow;
import io.jenkins.plugins.provenbackup.jenkins.drill.Drills;
import io.jenkins.plugins.provenbackup.jenkins.metrics.ReportSection;
import io.jenkins.plugins.provenbackup.jenkins.metrics.Sections;
import io.jenkins.plugins.provenbackup.jenkins.results.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.verb.POST;

/** One run of a policy. Reached through {@link RunsPage}, which shows it to who may see the policy. For one request. */
@ExportedBean
public final class PolicyRunPage implements ModelObject {

    private static final int LINES_SHOWN = 100;

    private final PolicyRun run;

    PolicyRunPage(PolicyRun run) {
        this.run = run;
    }

    @Override
    public String getDisplayName() {
        return "#" + run.getNumber();
    }

    /** Where its policy is shown. */
    public List<PolicyLinks.Target> getLinks() {
        return PolicyLinks.to(run.getPolicy());
    }

    /** The run. */
    @Exported(inline = true)
    public PolicyRun getRun() {
        return run;
    }

    /** Each report with its tables and charts, as a build's page shows it. */
    public List<ReportSection> getSections() {
        List<ReportSection> sections = new ArrayList<>();
        for (Report report : run.getReports()) {
            sections.add(Sections.of(report, "report-" + (sections.size() + 1)));
        }
        return sections;
    }

    /** The end of the log. */
    public String getTail() {
        try (var lines = Files.lines(PolicyRuns.get().log(run), StandardCharsets.UTF_8)) {
            List<String> all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - LINES_SHOWN), all.size()));
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException | UncheckedIOException e) {
            return Messages.PolicyRunPage_noLog(e.getMessage());
        }
    }

    /** The recovery drill that it made, in a line; null for none, or one that is not kept any more. */
    public DrillRow getDrill() {
        return Drills.get()
                .find(run.getPolicy(), run.getDrill())
                .map(DrillRow::new)
                .orElse(null);
    }

    /** Whether the user may stop it. */
    public boolean isStoppable() {
        return run.isRunning() && Jenkins.get().hasPermission(BackupPermissions.RUN);
    }

    /** An amount for people. */
    public String amount(long bytes) {
        return Unit.BYTES.text(bytes);
    }

    /** How long it took, or takes until now. */
    public String getDuration() {
        return Unit.MILLISECONDS.text(run.getDurationMillis());
    }

    /** JSON, XML and the description of them at {@code api/}. */
    public Api getApi() {
        return new Api(this);
    }

    /** All of the log. */
    public void doLog(StaplerResponse2 response) throws IOException {
        response.setContentType("text/plain; charset=utf-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        try {
            Files.copy(PolicyRuns.get().log(run), response.getOutputStream());
        } catch (NoSuchFileException e) {
            response.getOutputStream().write(new byte[0]);
        }
    }

    /** Ends it. */
    @POST
    public HttpResponse doStop() {
        Jenkins.get().checkPermission(BackupPermissions.RUN);
        PolicySchedules.get()
                .stop(
                        run,
                        Messages.PolicyRunPage_stopped(
                                Jenkins.getAuthentication2().getName()));
        return new HttpRedirect(".");
    }
}
