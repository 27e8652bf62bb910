package io.jenkins.plugins.provenbackup.jenkins.schedule;

import hudson.ExtensionList;
import hudson.model.Api;
import hudson.model.Failure;
import hudson.model.ModelObject;
import io.jenkins.plugins.provenbackup.engine.charts.Unit;
import io.jenkins.plugins.provenbackup.jenkins.access.BackupPermissions;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicyLinks;
import io.jenkins.plugins.provenbackup.jenkins.drill.DrillsPage;
import io.jenkins.plugins.provenbackup.jenkins.metrics.BuildReports;
import io.jenkins.plugins.provenbackup.jenkins.metrics.PrometheusText;
import io.jenkins.plugins.provenbackup.jenkins.metrics.Trends;
import io.jenkins.plugins.provenbackup.jenkins.results.Report;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.verb.POST;

/** The runs of one policy. Reached through {@link RunsPage}, which shows it to who may see the policy. For one request. */
@ExportedBean
public final class PolicyRunsPage implements ModelObject {

    /** More a chart cannot show well. */
    private static final int MOST_IN_CHARTS = 30;

    private final BackupPolicy policy;

    PolicyRunsPage(BackupPolicy policy) {
        this.policy = policy;
    }

    @Override
    public String getDisplayName() {
        return policy.getName();
    }

    /** The policy. */
    public BackupPolicy getPolicy() {
        return policy;
    }

    /** Where the other parts of the plugin tell more of it. */
    public List<PolicyLinks.Target> getLinks() {
        return PolicyLinks.from(RunPages.class, policy);
    }

    /** Below Jenkins' own address. */
    public String getUrl() {
        return RunsPage.urlOf(policy);
    }

    /** The newest first. */
    @Exported
    public List<PolicyRun> getRuns() {
        return PolicyRuns.get().of(policy.getName());
    }

    /** The newest backup that is over; null for none. */
    public PolicyRun getLastBackup() {
        return PolicyRuns.get().newest(policy.getName(), RunKind.BACKUP).orElse(null);
    }

    /** The newest recovery test that is over; null for none. */
    public PolicyRun getLastTest() {
        return PolicyRuns.get().newest(policy.getName(), RunKind.RECOVERY_TEST).orElse(null);
    }

    /** When the schedule asks for the next run; null for never. */
    public Date getNextRun() {
        return date(policy.nextRun(Instant.now()));
    }

    /** When it asks for the next recovery test; null for never. */
    public Date getNextTest() {
        return date(policy.nextTest(Instant.now()));
    }

    @SuppressWarnings("JavaUtilDate") // what Jelly can format
    private static Date date(Optional<Instant> time) {
        return time.map(Date::from).orElse(null);
    }

    /** Whether the controller reads any of its sources, so that it can be backed up without a job. */
    public boolean isOnController() {
        return !policy.controllerSources().isEmpty();
    }

    /** Whether a run goes on: no other begins meanwhile. */
    public boolean isBusy() {
        return getRuns().stream().anyMatch(PolicyRun::isRunning);
    }

    /** Whether the user may begin and stop runs. */
    public boolean isRunnable() {
        return Jenkins.get().hasPermission(BackupPermissions.RUN);
    }

    /** What else happens by it, in sentences. */
    public List<String> getNotes() {
        return ExtensionList.lookup(PolicyNotes.class).stream()
                .flatMap(notes -> notes.of(policy).stream())
                .toList();
    }

    /** How long a run took, or takes until now. */
    public String duration(PolicyRun run) {
        return Unit.MILLISECONDS.text(run.getDurationMillis());
    }

    /** Makes a Pipeline job of the policy; null where Pipelines are not installed. */
    public NewJobPage getJob() {
        return NewJobPage.isPossible() ? new NewJobPage(policy) : null;
    }

    /** Trends of the numbers, in HTML that is safe as it is. */
    public List<String> getCharts() {
        List<BuildReports> builds = getRuns().stream()
                .filter(run -> !run.getReports().isEmpty())
                .limit(MOST_IN_CHARTS)
                .map(run -> new BuildReports(run.getNumber(), run.getReports()))
                .toList();
        return builds.isEmpty() ? List.of() : new Trends(builds).figures();
    }

    /** Its recovery drills, and where one is begun. */
    public DrillsPage getDrills() {
        return new DrillsPage(policy, isBusy());
    }

    /** One run by its number; null for none. */
    public PolicyRunPage getDynamic(String number) {
        try {
            return PolicyRuns.get()
                    .find(policy.getName(), Integer.parseInt(number))
                    .map(PolicyRunPage::new)
                    .orElse(null);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** JSON, XML and the description of them at {@code api/}. */
    public Api getApi() {
        return new Api(this);
    }

    /** The newest numbers in the text format of Prometheus. */
    public void doPrometheus(StaplerResponse2 response) throws IOException {
        List<Report> oldestFirst = new ArrayList<>();
        getRuns().forEach(run -> oldestFirst.addAll(0, run.getReports()));
        PrometheusText.of(oldestFirst).send(response);
    }

    /** Backs up now. */
    @POST
    public HttpResponse doBackup() {
        return begin(RunKind.BACKUP);
    }

    /** Makes a recovery test now. */
    @POST
    public HttpResponse doTest() {
        return begin(RunKind.RECOVERY_TEST);
    }

    /** Lets go now of what is not kept. */
    @POST
    public HttpResponse doPrune() {
        return begin(RunKind.PRUNE);
    }

    /** Makes a recovery drill now. */
    @POST
    public HttpResponse doDrill() {
        return begin(RunKind.DRILL);
    }

    private HttpResponse begin(RunKind kind) {
        Jenkins.get().checkPermission(BackupPermissions.RUN);
        if (kind == RunKind.BACKUP && !isOnController()) {
            throw new Failure(Messages.PolicyRunsPage_workspace(policy.getName()));
        }
        try {
            PolicyRun run = PolicySchedules.get().begin(policy, kind);
            return new HttpRedirect(run.getNumber() + "/");
        } catch (IllegalStateException e) {
            throw new Failure(e.getMessage());
        }
    }
}
