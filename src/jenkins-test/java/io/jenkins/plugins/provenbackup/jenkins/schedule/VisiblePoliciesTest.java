package io.jenkins.plugins.provenbackup.jenkins.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.tasks.Shell;
import io.jenkins.plugins.provenbackup.jenkins.access.BackupPermissions;
import io.jenkins.plugins.provenbackup.jenkins.builders.BackupBuilder;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import io.jenkins.plugins.provenbackup.jenkins.configuration.WorkspaceSource;
import io.jenkins.plugins.provenbackup.jenkins.dashboard.Looks;
import io.jenkins.plugins.provenbackup.jenkins.drill.DrillLink;
import io.jenkins.plugins.provenbackup.jenkins.drill.Drills;
import io.jenkins.plugins.provenbackup.jenkins.steps.BackupStep;
import io.jenkins.plugins.provenbackup.jenkins.steps.RestoreStep;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A policy of a job that somebody may not see is nowhere to be found for them, by whatever address. */
@WithJenkins
@Timeout(300)
class VisiblePoliciesTest {

    private static final List<String> LISTS =
            List.of("proven-backup/", "proven-backup/prometheus", "proven-backup-runs/");

    private static final List<String> PAGES = List.of(
            "proven-backup/policy/of-job/",
            "proven-backup/policy/of-job/report",
            "proven-backup/policy/of-job/report?format=json",
            "proven-backup/policy/of-job/runbook",
            "proven-backup-runs/policy/of-job/",
            "proven-backup-runs/policy/of-job/api/json",
            "proven-backup-runs/policy/of-job/prometheus",
            "proven-backup-runs/policy/of-job/job/",
            "proven-backup-runs/policy/of-job/1/",
            "proven-backup-runs/policy/of-job/1/log",
            "proven-backup-runs/policy/of-job/1/api/json",
            "proven-backup-runs/policy/of-job/drills/",
            "proven-backup-runs/policy/of-job/drills/1/",
            "proven-backup-runs/policy/of-job/drills/1/print",
            "proven-backup-runs/policy/of-job/drills/1/markdown",
            "proven-backup-runs/policy/of-job/drills/1/api/json");

    private static final List<String> ACTIONS = List.of(
            "proven-backup/policy/of-job/look",
            "proven-backup-runs/policy/of-job/backup",
            "proven-backup-runs/policy/of-job/test",
            "proven-backup-runs/policy/of-job/prune",
            "proven-backup-runs/policy/of-job/drill",
            "proven-backup-runs/policy/of-job/1/stop",
            "proven-backup-runs/policy/of-job/job/create?kind=backup&folder=&name=made");

    @TempDir
    private Path directory;

    private FreeStyleProject shop;
    private FreeStyleProject other;

    /** One policy of the home, one of a job, which was followed and drilled. */
    private void twoPolicies(JenkinsRule jenkins) throws Exception {
        ProtectedHome home = ProtectedHome.at(directory.resolve("nas"));
        BackupPolicy ofHome = home.policy("nightly");
        BackupPolicy ofJob = home.policy("of-job");
        ofJob.setSources(List.of(new WorkspaceSource("data")));
        ofJob.setAllowedJobs("sh*");
        ofJob.setRestoringJobs("shop");
        ProvenBackupConfiguration.get().setPolicies(List.of(ofHome, ofJob));
        other = jenkins.createFreeStyleProject("other");
        shop = jenkins.createFreeStyleProject("shop");
        BackupStep backup = new BackupStep();
        backup.setPolicy("of-job");
        shop.getBuildersList().add(new Shell("mkdir -p data; date > data/orders"));
        shop.getBuildersList().add(new BackupBuilder(backup));
        jenkins.buildAndAssertSuccess(shop);
        PolicyRun run = PolicySchedules.get().begin(ofJob, RunKind.DRILL);
        for (int i = 0; i < 1200 && run.isRunning(); i++) {
            Thread.sleep(100);
        }
        assertThat(run.getResult()).as(run.getProblem()).isEqualTo(RunResult.SUCCESS);
        Looks.at("of-job");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, BackupPermissions.RUN)
                .onRoot()
                .to("stranger", "owner", "half")
                .grant(Item.CREATE)
                .onRoot()
                .to("stranger")
                .grant(Item.READ, BackupPermissions.VIEW)
                .onItems(shop)
                .to("owner")
                .grant(Item.READ)
                .onItems(shop)
                .to("half")
                .grant(Jenkins.READ)
                .onRoot()
                .to("configurer")
                .grant(Item.READ, Item.CONFIGURE)
                .onItems(shop, other)
                .to("configurer"));
    }

    @Test
    void isOpenedOnlyByWhoMayViewTheBackupsOfAJobThatUsesIt(JenkinsRule jenkins) throws Exception {
        twoPolicies(jenkins);

        for (String user : List.of("admin", "owner")) {
            JenkinsRule.WebClient browser = browser(jenkins, user);
            for (String page : PAGES) {
                assertThat(status(browser, page)).as("%s: %s", user, page).isEqualTo(200);
            }
        }
        for (String user : List.of("stranger", "half")) {
            JenkinsRule.WebClient browser = browser(jenkins, user);
            for (String page : PAGES) {
                assertThat(status(browser, page)).as("%s: %s", user, page).isEqualTo(404);
            }
        }
    }

    @Test
    void isListedOnlyForThem(JenkinsRule jenkins) throws Exception {
        twoPolicies(jenkins);

        JenkinsRule.WebClient owner = browser(jenkins, "owner");
        JenkinsRule.WebClient stranger = browser(jenkins, "stranger");
        for (String list : LISTS) {
            assertThat(text(owner, list)).as(list).contains("of-job");
            assertThat(text(stranger, list)).as(list).doesNotContain("of-job");
        }
        assertThat(text(stranger, "proven-backup-runs/")).contains("nightly");
    }

    @Test
    void nobodyElseBeginsOrStopsAnythingOfIt(JenkinsRule jenkins) throws Exception {
        twoPolicies(jenkins);

        JenkinsRule.WebClient browser = browser(jenkins, "stranger");
        for (String action : ACTIONS) {
            WebRequest request = new WebRequest(new URL(jenkins.getURL(), action), HttpMethod.POST);
            assertThat(browser.getPage(browser.addCrumb(request))
                            .getWebResponse()
                            .getStatusCode())
                    .as(action)
                    .isEqualTo(404);
        }
        assertThat(PolicyRuns.get().of("of-job")).hasSize(1);
        assertThat(jenkins.jenkins.getItem("made")).isNull();
    }

    @Test
    void nothingOfABuildLeadsThereForThoseWhoWouldFindNothing(JenkinsRule jenkins) throws Exception {
        twoPolicies(jenkins);
        DrillLink link = new DrillLink(Drills.get().of("of-job").get(0));

        assertThat(as("owner", link::getIconFileName)).isNotNull();
        assertThat(as("half", link::getIconFileName)).isNull();
    }

    @Test
    void aJobsFormOffersWhatTheJobMayUse(JenkinsRule jenkins) throws Exception {
        twoPolicies(jenkins);
        BackupStep.DescriptorImpl backup = jenkins.jenkins.getDescriptorByType(BackupStep.DescriptorImpl.class);
        RestoreStep.DescriptorImpl restore = jenkins.jenkins.getDescriptorByType(RestoreStep.DescriptorImpl.class);

        assertThat(as("configurer", () -> backup.doFillPolicyItems(shop, "")))
                .extracting(option -> option.value)
                .containsExactly("", "of-job");
        assertThat(as("configurer", () -> restore.doFillPolicyItems(shop, "")))
                .extracting(option -> option.value)
                .containsExactly("", "of-job");
        assertThat(as("configurer", () -> backup.doFillPolicyItems(other, "")))
                .extracting(option -> option.value)
                .containsExactly("");
        assertThat(as("admin", () -> backup.doFillPolicyItems(other, "")))
                .extracting(option -> option.value)
                .containsExactly("", "nightly", "of-job");
    }

    @SuppressWarnings("try") // The context acts by being open.
    private static <T> T as(String user, Callable<T> work) throws Exception {
        try (ACLContext ignored = ACL.as2(User.getById(user, true).impersonate2())) {
            return work.call();
        }
    }

    private static JenkinsRule.WebClient browser(JenkinsRule jenkins, String user) throws Exception {
        return jenkins.createWebClient().login(user).withThrowExceptionOnFailingStatusCode(false);
    }

    private static int status(JenkinsRule.WebClient browser, String address) throws Exception {
        return browser.goTo(address, null).getWebResponse().getStatusCode();
    }

    private static String text(JenkinsRule.WebClient browser, String address) throws Exception {
        return browser.goTo(address, null).getWebResponse().getContentAsString();
    }
}
