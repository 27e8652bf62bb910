package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import hudson.PluginWrapper;
import hudson.model.Failure;
import io.jenkins.plugins.provenbackup.engine.charts.Unit;
import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation;
import io.jenkins.plugins.provenbackup.engine.compliance.report.AuditReport;
import io.jenkins.plugins.provenbackup.engine.compliance.report.AuditText;
import io.jenkins.plugins.provenbackup.engine.policy.Policy;
import io.jenkins.plugins.provenbackup.engine.policy.runbook.Runbook;
import io.jenkins.plugins.provenbackup.engine.policy.runbook.Tool;
import io.jenkins.plugins.provenbackup.jenkins.access.BackupPermissions;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicyLinks;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import io.jenkins.plugins.provenbackup.jenkins.configuration.VisiblePolicies;
import io.jenkins.plugins.provenbackup.jenkins.drill.DrillRow;
import io.jenkins.plugins.provenbackup.jenkins.drill.Drills;
import io.jenkins.plugins.provenbackup.jenkins.metrics.Plain;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.POST;

/** All that is known of one policy. Lives for one request; whoever made it looked whether the user may see it. */
public final class PolicyPage {

    private static final int MOST_POINTS = 50;
    private static final int MOST_TESTS = 50;
    private static final int MOST_DRILLS = 10;
    private static final int LONGEST_REPORT = 800;
    private static final int USUAL_REPORT = 90;

    private final BackupPolicy policy;
    private final Standing standing;
    private final Optional<Observation> seen;
    private final PolicyRow row;

    PolicyPage(BackupPolicy policy, Standing standing) {
        this.policy = policy;
        this.standing = standing;
        this.seen = standing.state().last();
        this.row = new PolicyRow(policy, standing, Instant.now());
    }

    /** The policy's name. */
    public String getName() {
        return policy.getName();
    }

    /** Where the other parts of the plugin tell more of it. */
    public List<PolicyLinks.Target> getLinks() {
        return PolicyLinks.from(DashboardPages.class, policy);
    }

    /** How it stands, in a row. */
    public PolicyRow getRow() {
        return row;
    }

    /** Whether anything is known yet. */
    public boolean isLooked() {
        return seen.isPresent();
    }

    /** Whether a look goes on. */
    public boolean isLooking() {
        return PolicyWatch.get().isLooking(policy.getName());
    }

    /** Why nobody could look; empty when somebody could. */
    public String getFailure() {
        return standing.state().failure().orElse("");
    }

    /** Every promise, the broken ones first. */
    public List<ControlRow> getControls() {
        return seen.stream()
                .flatMap(one -> one.controls().stream())
                .map(ControlRow::new)
                .sorted(Comparator.comparing(ControlRow::getLight).reversed())
                .toList();
    }

    /** Alerts that are not over. */
    public List<AlertRow> getAlerts() {
        return standing.state().memory().open().stream().map(AlertRow::new).toList();
    }

    /** Where the copies are. */
    public List<DestinationRow> getDestinations() {
        return seen.map(one -> one.destinations().stream()
                        .map(place -> new DestinationRow(place, standing.state().history(), one))
                        .toList())
                .orElse(List.of());
    }

    /** Recovery tests, the newest first. */
    public List<TestRow> getTests() {
        return seen.stream()
                .flatMap(one -> one.sources().stream())
                .flatMap(source -> source.tests().stream().map(test -> new TestRow(source.name(), test)))
                .sorted(Comparator.comparing(TestRow::getTime).reversed())
                .limit(MOST_TESTS)
                .toList();
    }

    /** The last recovery drills, the newest first. */
    public List<DrillRow> getDrills() {
        return Drills.get().of(policy.getName()).stream()
                .limit(MOST_DRILLS)
                .map(DrillRow::new)
                .toList();
    }

    /** All of them, and where one is begun, below Jenkins' own address. */
    public String getDrillsUrl() {
        return Drills.urlOf(policy.getName());
    }

    /** Recovery points, the newest first. */
    public List<PointRow> getPoints() {
        List<PointRow> rows = new ArrayList<>();
        seen.ifPresent(one -> one.sources().forEach(source -> {
            int size = source.points().size();
            source.points()
                    .subList(Math.max(0, size - MOST_POINTS), size)
                    .forEach(point -> rows.add(new PointRow(source.name(), point)));
        }));
        rows.sort(Comparator.comparing(PointRow::getTime).reversed());
        return rows.subList(0, Math.min(MOST_POINTS, rows.size()));
    }

    /** How many recovery points there are. */
    public String getCount() {
        return Unit.COUNT.text(row.getPoints());
    }

    /** As HTML. */
    public List<String> getTrends() {
        return charts().map(PolicyCharts::trends).orElse(List.of());
    }

    /** As HTML. */
    public List<String> getCalendars() {
        return charts().map(PolicyCharts::calendars).orElse(List.of());
    }

    private Optional<PolicyCharts> charts() {
        return seen.map(one -> new PolicyCharts(standing.state().history(), one, policy.zone()));
    }

    /** Whether the user may ask for a look. */
    public boolean isRunner() {
        return Jenkins.get().hasPermission(BackupPermissions.RUN);
    }

    /** Whether the user may say that something was meant, and change the policy. */
    public boolean isConfigurer() {
        return Jenkins.get().hasPermission(BackupPermissions.CONFIGURE);
    }

    /** Looks, soon. */
    @POST
    public HttpResponse doLook() {
        Jenkins.get().checkPermission(BackupPermissions.RUN);
        PolicyWatch.get().lookSoon(policy);
        return new HttpRedirect(".");
    }

    /** Takes what an alert tells as it is. */
    @POST
    public HttpResponse doAccept(@QueryParameter String key) {
        Jenkins.get().checkPermission(BackupPermissions.CONFIGURE);
        Instant now = Instant.now();
        Standings.get()
                .change(
                        policy.getName(),
                        state -> state.accepted(key, now),
                        standing.looked().orElse(now));
        return new HttpRedirect(".");
    }

    /** What was promised and what happened, for an auditor: {@code html}, {@code markdown} or {@code json}. */
    public void doReport(StaplerResponse2 response, @QueryParameter String format, @QueryParameter String days)
            throws IOException {
        VisiblePolicies.require();
        Instant now = Instant.now();
        AuditReport report = AuditReport.of(standing.state().history(), now.minus(Duration.ofDays(days(days))), now);
        AuditText text = new AuditText(report, policy.zone());
        switch (format == null ? "" : format) {
            case "json" -> Plain.send(response, "application/json; charset=utf-8", text.json());
            case "markdown" ->
                Plain.send(
                        response,
                        "text/markdown; charset=utf-8",
                        text.document().markdown());
            default -> Plain.sendPage(response, text.document().html());
        }
    }

    private static int days(String given) {
        if (given == null || given.isBlank()) {
            return USUAL_REPORT;
        }
        try {
            return Math.min(LONGEST_REPORT, Math.max(1, Integer.parseInt(given.strip())));
        } catch (NumberFormatException e) {
            throw new Failure(Messages.PolicyPage_noNumber(given));
        }
    }

    /** The procedure for whoever must bring the data back, to be read and printed. */
    public void doRunbook(StaplerResponse2 response) throws IOException {
        VisiblePolicies.require();
        Policy promised;
        try {
            promised = ProvenBackupConfiguration.get().toPolicy(policy);
        } catch (IllegalArgumentException e) {
            throw new Failure(e.getMessage());
        }
        Plain.sendPage(
                response,
                Runbook.of(
                                promised,
                                seen.map(one -> new Runbook.Seen(SeenFacts.of(one), one.compliance())),
                                Instant.now(),
                                new Tool("proven-backup-cli.jar", version()))
                        .html());
    }

    private static String version() {
        PluginWrapper plugin = Jenkins.get().getPluginManager().whichPlugin(PolicyPage.class);
        return plugin == null ? "" : plugin.getVersion();
    }
}
