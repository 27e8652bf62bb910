package io.jenkins.plugins.provenbackup.jenkins.metrics;

import hudson.ExtensionList;
import hudson.model.Api;
import hudson.model.BuildBadgeAction;
import hudson.model.Run;
import io.jenkins.plugins.provenbackup.jenkins.results.Report;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.RunAction2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * Keeps the reports of one build and shows them at {@code .../backup/}, below which {@code api/json} and {@code prometheus} have
 * them for programs. Whoever may read the job may read them. May be used by several threads at once.
 */
@ExportedBean
public final class BackupMetricsAction implements RunAction2, BuildBadgeAction {

    static final String URL = "backup";
    static final String ICON = "symbol-proven-backup plugin-proven-backup";

    /** Never changed, only replaced: another thread may be saving the build. */
    private volatile List<Report> reports = new ArrayList<>();

    private transient volatile Run<?, ?> run;

    private BackupMetricsAction() {}

    /**
     * Adds a report to those of the build and saves the build.
     *
     * @throws IOException when the build cannot be saved; the report is then shown until Jenkins restarts
     */
    public static void record(Run<?, ?> run, Report report) throws IOException {
        synchronized (run) {
            BackupMetricsAction action = run.getAction(BackupMetricsAction.class);
            if (action == null) {
                action = new BackupMetricsAction();
                action.add(report);
                run.addAction(action);
            } else {
                action.add(report);
            }
        }
        ExtensionList.lookupSingleton(JobBackupsFactory.class).remember(run.getParent());
        run.save();
    }

    private synchronized void add(Report report) {
        List<Report> more = new ArrayList<>(reports);
        more.add(report);
        reports = more;
    }

    /** All reports of the build, in the order in which the operations ended. */
    @Exported
    public List<Report> getReports() {
        return new ArrayList<>(reports);
    }

    /** The build. */
    public Run<?, ?> getRun() {
        return run;
    }

    /** For the page: each report with its tables and charts. */
    public List<ReportSection> getSections() {
        List<ReportSection> sections = new ArrayList<>();
        for (Report report : reports) {
            sections.add(Sections.of(report, "report-" + (sections.size() + 1)));
        }
        return sections;
    }

    /** For the box on the build's page: each report in a line. */
    public List<ReportRow> getRows() {
        return reports.stream().map(ReportRow::new).toList();
    }

    /** What to think of the worst of them. */
    public Verdict getVerdict() {
        return reports.stream().map(Verdict::on).reduce(Verdict.GOOD, Verdict::or);
    }

    /** What the badge says when it is pointed at. */
    public String getBadgeText() {
        return switch (getVerdict()) {
            case GOOD -> Messages.BackupMetricsAction_BadgeGood();
            case WARNING -> Messages.BackupMetricsAction_BadgeWarning();
            case BAD -> Messages.BackupMetricsAction_BadgeBad();
        };
    }

    /** JSON, XML and the description of them at {@code api/}. */
    public Api getApi() {
        return new Api(this);
    }

    /** The build's numbers in the text format of Prometheus. */
    public void doPrometheus(StaplerResponse2 response) throws IOException {
        PrometheusText.of(reports).send(response);
    }

    @Override
    public String getIconFileName() {
        return ICON;
    }

    @Override
    public String getDisplayName() {
        return Messages.BackupMetricsAction_DisplayName();
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    @Override
    public void onAttached(Run<?, ?> r) {
        run = r;
    }

    @Override
    public void onLoad(Run<?, ?> r) {
        run = r;
    }

    @SuppressWarnings("UnusedMethod") // XStream calls it
    private Object readResolve() {
        if (reports == null) {
            reports = new ArrayList<>();
        }
        return this;
    }
}
