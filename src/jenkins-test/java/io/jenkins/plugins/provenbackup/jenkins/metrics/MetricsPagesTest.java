package io.jenkins.plugins.provenbackup.jenkins.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.provenbackup.jenkins.results.BackupReport;
import io.jenkins.plugins.provenbackup.jenkins.results.RecoveryTestReport;
import io.jenkins.plugins.provenbackup.jenkins.results.Report;
import io.jenkins.plugins.provenbackup.jenkins.results.RestoreReport;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jenkins.model.Jenkins;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What users see of a build that an earlier release saved. */
@WithJenkins
class MetricsPagesTest {

    private JenkinsRule jenkins;
    private FreeStyleProject job;

    @BeforeEach
    void aBuildOfAnEarlierRelease(JenkinsRule rule) throws Exception {
        jenkins = rule;
        job = SavedBuild.job(rule.jenkins, rule.createFreeStyleProject("shop"), 1);
    }

    @Test
    void whatAnEarlierReleaseSavedIsReadBack() {
        BackupMetricsAction action = job.getBuildByNumber(1).getAction(BackupMetricsAction.class);

        assertThat(action.getReports())
                .hasExactlyElementsOfTypes(BackupReport.class, RecoveryTestReport.class, RestoreReport.class);
        BackupReport backup = (BackupReport) action.getReports().get(0);
        assertThat(backup.getFiles()).isEqualTo(32_014);
        assertThat(backup.getPhases()).containsKeys("planning", "reading", "uploading", "committing");
        assertThat(backup.getDestinations().get(1).getReason()).isEqualTo("connection reset by peer after 3 retries");
        assertThat(((RecoveryTestReport) action.getReports().get(1)).getChecks())
                .hasSize(2);
        assertThat(((RestoreReport) action.getReports().get(2)).getTarget()).isEqualTo("restored");
        assertThat(action.getVerdict()).isEqualTo(Verdict.BAD);
    }

    @Test
    void thePageOfABuildShowsEachReportWithChartsAndTables() throws Exception {
        HtmlPage page = browser().goTo("job/shop/1/backup/");

        assertThat(page.getByXPath("//section")).hasSize(3);
        assertThat(page.getByXPath("//figure//*[name()='svg'][@role='img']")).hasSize(10);
        assertThat(page.getByXPath("//figure//details//table")).hasSize(10);
        assertThat(page.asNormalizedText())
                .contains("32,014", "1 of 2", "connection reset by peer after 3 retries")
                .contains("35 min 0 s of 30 min", "exit status 1", "missed (objective 30 min)")
                .contains("Target", "restored");
    }

    @Test
    void namesAreShownAsTheyAre() throws Exception {
        for (String place : List.of("job/shop/1/backup/", "job/shop/1/", "job/shop/", "job/shop/backup/")) {
            HtmlPage page = browser().goTo(place);
            assertThat(page.getByXPath("//img[@src='x']")).as(place).isEmpty();
            assertThat(page.getByXPath("//script[contains(text(), 'alert(1)')]"))
                    .as(place)
                    .isEmpty();
        }
        assertThat(browser().goTo("job/shop/1/backup/").asNormalizedText())
                .contains(
                        "Backup of shop/<script>alert(1)</script> & \"db\"",
                        "build/db/<img src=x>.lock could not be read");
    }

    @Test
    void nothingOfOursIsScriptOrStyleInThePage() throws Exception {
        for (String place : List.of("job/shop/1/backup/", "job/shop/backup/")) {
            HtmlPage page = browser().goTo(place);
            assertThat(page.getByXPath("//*[contains(@class, 'pb-')]//*[@style or @onclick]"))
                    .as(place)
                    .isEmpty();
            assertThat(page.getByXPath("//*[contains(@class, 'pb-')]//script"))
                    .as(place)
                    .isEmpty();
        }
    }

    @Test
    void theBuildsOwnPageAndTheListOfBuildsTellHowItWent() throws Exception {
        HtmlPage build = browser().goTo("job/shop/1/");
        assertThat(build.asNormalizedText())
                .contains("32,014 files", "copies: 1 of 2", "Recovery test, shop-db: failed");

        assertThat(job.getBuildByNumber(1).getBadgeActions()).hasAtLeastOneElementOfType(BackupMetricsAction.class);
        assertThat(job.getBuildByNumber(1).getAction(BackupMetricsAction.class).getBadgeText())
                .isEqualTo("Backup: failed");
    }

    @Test
    void theJobShowsTheTrend() throws Exception {
        job = SavedBuild.job(jenkins.jenkins, jenkins.createFreeStyleProject("long"), 70);

        HtmlPage page = browser().goTo("job/long/backup/");

        assertThat(page.getByXPath("//figure")).hasSize(4);
        assertThat(page.asNormalizedText()).contains("#70", "#41").doesNotContain("#40");
        assertThat(browser().goTo("job/long/").getByXPath("//figure")).hasSize(2);
    }

    @Test
    void buildsWithoutBackupsAreReadOnceAtMost() throws Exception {
        FreeStyleProject other = jenkins.createFreeStyleProject("other");
        jenkins.buildAndAssertSuccess(other);
        assertThat(other.getAction(JobBackupsAction.class)).isNull();
        assertThat(other.getAction(JobBackupsAction.class)).isNull();

        FreeStyleBuild build = jenkins.buildAndAssertSuccess(other);
        BackupMetricsAction.record(build, reports().get(0));

        assertThat(other.getAction(JobBackupsAction.class)).isNotNull();
    }

    @Test
    void programsGetJsonAndPrometheusText() throws Exception {
        JSONObject build = browser().getJSON("job/shop/1/backup/api/json").getJSONObject();
        JSONArray reports = build.getJSONArray("reports");
        assertThat(reports.size()).isEqualTo(3);
        assertThat(reports.getJSONObject(0).getInt("files")).isEqualTo(32_014);
        assertThat(reports.getJSONObject(1)
                        .getJSONArray("checks")
                        .getJSONObject(1)
                        .getString("problem"))
                .isEqualTo("exit status 1");

        JSONObject all = browser().getJSON("job/shop/backup/api/json").getJSONObject();
        assertThat(all.getJSONArray("builds").getJSONObject(0).getInt("number")).isEqualTo(1);

        for (String place : List.of("job/shop/1/backup/prometheus", "job/shop/backup/prometheus")) {
            String text = browser().goTo(place, "text/plain").getWebResponse().getContentAsString();
            assertThat(text.lines())
                    .contains(
                            "proven_backup_files{policy=\"shop-db\"} 32014",
                            "proven_backup_destination_complete{policy=\"shop-db\",destination=\"offsite\"} 0",
                            "proven_backup_rto_seconds{policy=\"shop-db\"} 2100.0")
                    .noneMatch(line -> line.contains("script"));
        }
    }

    @Test
    void whoMayNotReadTheJobSeesNothingOfIt() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .toEveryone()
                .grant(Item.READ)
                .onItems(job)
                .to("reader"));

        for (String place :
                List.of("1/backup/", "1/backup/api/json", "1/backup/prometheus", "backup/", "backup/prometheus")) {
            assertThat(status("stranger", place)).as(place).isEqualTo(404);
            assertThat(status("reader", place)).as(place).isEqualTo(200);
        }
    }

    private int status(String user, String place) throws Exception {
        JenkinsRule.WebClient browser = browser().withThrowExceptionOnFailingStatusCode(false);
        browser.login(user);
        return browser.getPage(new URL(jenkins.getURL(), "job/shop/" + place))
                .getWebResponse()
                .getStatusCode();
    }

    @Test
    void branchesThatRecordAtOnceLoseNothing() throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("parallel"));
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<?>> branches = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            branches.add(threads.submit(() -> {
                start.await();
                for (int j = 0; j < 5; j++) {
                    BackupMetricsAction.record(build, reports().get(0));
                }
                return null;
            }));
        }
        start.countDown();
        for (Future<?> branch : branches) {
            branch.get();
        }
        threads.shutdown();

        assertThat(build.getActions(BackupMetricsAction.class)).hasSize(1);
        build.reload();
        assertThat(build.getAction(BackupMetricsAction.class).getReports()).hasSize(40);
    }

    private List<Report> reports() {
        return job.getBuildByNumber(1).getAction(BackupMetricsAction.class).getReports();
    }

    /** Without scripts: the charts need none. */
    private JenkinsRule.WebClient browser() {
        return jenkins.createWebClient().withJavaScriptEnabled(false);
    }
}
