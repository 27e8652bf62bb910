package io.jenkins.plugins.provenbackup.jenkins.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.ExtensionList;
import hudson.model.Item;
import io.jenkins.plugins.provenbackup.jenkins.access.BackupPermissions;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import io.jenkins.plugins.provenbackup.jenkins.configuration.WorkspaceSource;
import io.jenkins.plugins.provenbackup.jenkins.results.BackupReport;
import io.jenkins.plugins.provenbackup.jenkins.results.RecoveryTestReport;
import io.jenkins.plugins.provenbackup.jenkins.steps.BackupSite;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Policies with a schedule run by themselves. */
@WithJenkins
@Timeout(300)
class PolicySchedulesTest {

    private static final String ALWAYS = "* * * * *";

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private ProtectedHome home;
    private long minutes;

    @BeforeEach
    void aRepository(JenkinsRule rule) throws Exception {
        jenkins = rule;
        home = ProtectedHome.at(directory.resolve("nas"));
    }

    private BackupPolicy policy(String name, String schedule) {
        BackupPolicy policy = home.policy(name);
        policy.getDestinations().get(0).setLast(2);
        policy.setSchedule(schedule);
        return policy;
    }

    private static void configure(BackupPolicy... policies) {
        ProvenBackupConfiguration.get().setPolicies(List.of(policies));
        // The first look takes notice of the schedules; what they ask for counts from then on.
        PolicySchedules.get().look(Instant.now());
    }

    /** A minute later than before; waits for what that begins. */
    private void look() throws InterruptedException {
        PolicySchedules.get().look(Instant.now().plusSeconds(60 * ++minutes + 60));
        awaitEnd();
    }

    private static void awaitEnd() throws InterruptedException {
        for (int i = 0; i < 1200 && PolicySchedules.get().isRunning(); i++) {
            Thread.sleep(100);
        }
        assertThat(PolicySchedules.get().isRunning()).isFalse();
    }

    @Test
    void homeIsBackedUpWhenThePolicySaysSo() throws Exception {
        configure(policy("nightly", ALWAYS), policy("never", ""));

        look();

        assertThat(home.site().snapshots())
                .extracting(one -> one.manifest().source())
                .containsExactly("nightly/jenkinsHome");
        List<PolicyRun> runs = PolicyRuns.get().of("nightly");
        assertThat(runs).hasSize(1);
        PolicyRun run = runs.get(0);
        assertThat(run.getKind()).isEqualTo(RunKind.BACKUP);
        assertThat(run.getResult()).as(run.getProblem()).isEqualTo(RunResult.SUCCESS);
        assertThat(run.getReports()).hasSize(1).first().isInstanceOf(BackupReport.class);
        assertThat(run.getRetention()).hasSize(1).first().satisfies(one -> {
            assertThat(one.getKept()).isEqualTo(1);
            assertThat(one.isPruned()).isTrue();
        });
        assertThat(PolicyRuns.get().of("never")).isEmpty();
        assertThat(ExtensionList.lookupSingleton(FailedBackupMonitor.class).isActivated())
                .isFalse();

        JenkinsRule.WebClient browser = jenkins.createWebClient();
        assertThat(browser.goTo("proven-backup-runs/").asNormalizedText()).contains("nightly", "complete");
        assertThat(browser.goTo("proven-backup-runs/policy/nightly/").asNormalizedText())
                .contains("#1", "Backup", "by its schedule");
        assertThat(browser.goTo(run.getUrl()).asNormalizedText()).contains("complete", "backing up", "nas");
        assertThat(browser.goTo(run.getUrl() + "log", "text/plain")
                        .getWebResponse()
                        .getContentAsString())
                .contains("[backup] backing up nightly/jenkinsHome");
        assertThat(browser.goTo(run.getUrl() + "api/json", "application/json")
                        .getWebResponse()
                        .getContentAsString())
                .contains("\"kind\":\"BACKUP\"")
                .doesNotContain(BackupSite.PASSPHRASE);
        assertThat(browser.goTo("proven-backup-runs/policy/nightly/prometheus", "text/plain")
                        .getWebResponse()
                        .getContentAsString())
                .contains("policy=\"nightly\"");
    }

    @Test
    void retentionIsAppliedAfterEachBackup() throws Exception {
        configure(policy("nightly", ALWAYS));

        for (int i = 0; i < 4; i++) {
            look();
        }

        assertThat(PolicyRuns.get().of("nightly")).hasSize(4);
        // Two by the rule, and the newest full one, which the incremental ones come after.
        assertThat(home.site().snapshots()).hasSize(3);
        PolicyRun last = PolicyRuns.get().of("nightly").get(0);
        assertThat(last.getRetention().get(0).getForgotten()).isEqualTo(1);
        assertThat(last.getRetention().get(0).isPruned())
                .as("once a day is enough")
                .isFalse();
    }

    @Test
    void recoveryIsTestedAtTimesOfItsOwnAndTheResultIsKeptAtTheDestinations() throws Exception {
        BackupPolicy policy = policy("tested", "");
        policy.setTestSchedule(ALWAYS);
        configure(policy);
        PolicySchedules.get().begin(policy, RunKind.BACKUP);
        awaitEnd();

        look();

        PolicyRun run = PolicyRuns.get().of("tested").get(0);
        assertThat(run.getKind()).isEqualTo(RunKind.RECOVERY_TEST);
        assertThat(run.getResult()).as(run.getProblem()).isEqualTo(RunResult.SUCCESS);
        assertThat(run.getReports()).hasSize(1).first().satisfies(report -> {
            assertThat(((RecoveryTestReport) report).isPassed()).isTrue();
        });
        assertThat(directory.resolve("nas/tests")).isNotEmptyDirectory();
        assertThat(scratch()).isEmptyDirectory();
    }

    private static Path scratch() {
        return Jenkins.get().getRootDir().toPath().resolve("proven-backup/scratch");
    }

    @Test
    void administratorsAreToldOfAFailureUntilItIsMended() throws Exception {
        configure(policy("nightly", ALWAYS));
        Path away = Files.move(directory.resolve("nas"), directory.resolve("away"));

        look();

        FailedBackupMonitor monitor = ExtensionList.lookupSingleton(FailedBackupMonitor.class);
        assertThat(monitor.isActivated()).isTrue();
        assertThat(jenkins.createWebClient().goTo("manage/").asNormalizedText())
                .contains("Backup by the policy 'nightly' failed")
                .contains(directory.resolve("nas").toString());

        Files.move(away, directory.resolve("nas"));
        look();
        assertThat(monitor.isActivated()).isFalse();
    }

    @Test
    void stopEndsARunAndASecondOneOfThePolicyIsRefusedMeanwhile() throws Exception {
        BackupPolicy policy = policy("nightly", ALWAYS);
        configure(policy);
        makeLarge();
        // Before the run, since a browser's first request takes seconds.
        JenkinsRule.WebClient browser = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        browser.goTo("proven-backup-runs/");

        PolicySchedules.get().look(Instant.now().plusSeconds(120));
        PolicyRun run = PolicyRuns.get().of("nightly").get(0);
        assertThat(run.isRunning()).isTrue();
        PolicySchedules.get().look(Instant.now().plusSeconds(240));
        assertThat(PolicyRuns.get().of("nightly")).hasSize(1);
        assertThatThrownBy(() -> PolicySchedules.get().begin(policy, RunKind.RECOVERY_TEST))
                .hasMessageContaining("nightly#1");
        URL stop = new URL(jenkins.getURL(), run.getUrl() + "stop");
        browser.getPage(browser.addCrumb(new WebRequest(stop, HttpMethod.POST)));
        awaitEnd();

        assertThat(browser.getPage(new WebRequest(stop, HttpMethod.GET))
                        .getWebResponse()
                        .getStatusCode())
                .isEqualTo(404);
        assertThat(run.getResult()).isEqualTo(RunResult.STOPPED);
        assertThat(run.getProblem()).contains("Stopped by");
        // What had to wait is begun by the next look.
        PolicySchedules.get().look(Instant.now().plusSeconds(300));
        assertThat(PolicyRuns.get().of("nightly")).hasSize(2);
        PolicySchedules.get().stop(PolicyRuns.get().of("nightly").get(0), "enough");
        awaitEnd();
    }

    /** Enough that a backup takes some seconds. */
    private static void makeLarge() throws Exception {
        java.util.Random random = new java.util.Random(1);
        byte[] noise = new byte[1 << 20];
        Path folder =
                Files.createDirectories(Jenkins.get().getRootDir().toPath().resolve("userContent"));
        for (int i = 0; i < 400; i++) {
            random.nextBytes(noise);
            Files.write(folder.resolve("noise-" + i), noise);
        }
    }

    @Test
    void policyOfWorkspacesIsKeptInOrderAndNotBackedUp() throws Exception {
        BackupPolicy policy = policy("shop", ALWAYS);
        policy.setSources(List.of(new WorkspaceSource("data")));
        configure(policy);

        look();

        PolicyRun run = PolicyRuns.get().of("shop").get(0);
        assertThat(run.getKind()).isEqualTo(RunKind.PRUNE);
        assertThat(run.getResult()).as(run.getProblem()).isEqualTo(RunResult.SUCCESS);
        assertThat(run.getReports()).isEmpty();
    }

    @Test
    void missedRunsAreMadeGoodByOne() throws Exception {
        configure(policy("hourly", "0 * * * *"));

        PolicySchedules.get().look(Instant.now().plus(Duration.ofDays(3)));
        awaitEnd();

        assertThat(PolicyRuns.get().of("hourly"))
                .hasSize(1)
                .first()
                .satisfies(run -> assertThat(run.getCause()).isEqualTo(RunCause.CAUGHT_UP));
        PolicySchedules.get().look(Instant.now().plus(Duration.ofDays(3)).plusSeconds(60));
        awaitEnd();
        assertThat(PolicyRuns.get().of("hourly").size()).isLessThanOrEqualTo(2);
    }

    @Test
    void onlyWhoMayViewSeesRunsAndOnlyWhoMayRunBeginsOne() throws Exception {
        configure(policy("nightly", ""));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, BackupPermissions.VIEW)
                .everywhere()
                .to("viewer")
                .grant(Jenkins.READ, BackupPermissions.RUN)
                .everywhere()
                .to("runner"));

        assertThat(status(jenkins, "reader", "proven-backup-runs/policy/nightly/", HttpMethod.GET))
                .isEqualTo(403);
        assertThat(status(jenkins, "viewer", "proven-backup-runs/policy/nightly/", HttpMethod.GET))
                .isEqualTo(200);
        assertThat(status(jenkins, "viewer", "proven-backup-runs/policy/nightly/backup", HttpMethod.POST))
                .isEqualTo(403);
        assertThat(status(jenkins, "runner", "proven-backup-runs/policy/nightly/backup", HttpMethod.GET))
                .isEqualTo(404);
        assertThat(status(jenkins, "runner", "proven-backup-runs/policy/nightly/backup", HttpMethod.POST))
                .isEqualTo(200);
        awaitEnd();
        assertThat(PolicyRuns.get().of("nightly"))
                .singleElement()
                .satisfies(run -> assertThat(run.getBy()).isEqualTo("runner"));
        JenkinsRule.WebClient viewer = jenkins.createWebClient().login("viewer");
        for (String page : List.of("proven-backup-runs/policy/nightly/", "proven-backup-runs/policy/nightly/1/")) {
            assertThat(viewer.goTo(page).asNormalizedText())
                    .as(page)
                    .contains("asked for by runner")
                    .doesNotContain("somebody");
        }
    }

    private static int status(JenkinsRule jenkins, String user, String path, HttpMethod method) throws Exception {
        JenkinsRule.WebClient browser = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        browser.login(user);
        WebRequest request = new WebRequest(new URL(jenkins.getURL(), path), method);
        return browser.getPage(method == HttpMethod.POST ? browser.addCrumb(request) : request)
                .getWebResponse()
                .getStatusCode();
    }

    @Test
    void policyBecomesAPipelineJobThatWorks() throws Exception {
        BackupPolicy policy = policy("nightly", "H 2 * * *");
        policy.setAllowedJobs("made");
        configure(policy);
        JenkinsRule.WebClient browser = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);

        URL create =
                new URL(jenkins.getURL(), "proven-backup-runs/policy/nightly/job/create?kind=backup&folder=&name=made");
        browser.getPage(browser.addCrumb(new WebRequest(create, HttpMethod.POST)));

        WorkflowJob job = jenkins.jenkins.getItemByFullName("made", WorkflowJob.class);
        assertThat(job.getTriggers()).hasSize(1);
        jenkins.buildAndAssertSuccess(job);
        assertThat(home.site().snapshots()).hasSize(1);

        URL other =
                new URL(jenkins.getURL(), "proven-backup-runs/policy/nightly/job/create?kind=test&folder=&name=other");
        assertThat(browser.getPage(browser.addCrumb(new WebRequest(other, HttpMethod.POST)))
                        .getWebResponse()
                        .getContentAsString())
                .contains("does not list");
        assertThat(Optional.ofNullable(jenkins.jenkins.getItem("other"))).isEmpty();
    }
}
