package io.jenkins.plugins.provenbackup.jenkins.drill;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Result;
import io.jenkins.plugins.provenbackup.jenkins.access.BackupPermissions;
import io.jenkins.plugins.provenbackup.jenkins.builders.VerifyRestoreBuilder;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupDestination;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicyDestination;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import io.jenkins.plugins.provenbackup.jenkins.configuration.WorkspaceSource;
import io.jenkins.plugins.provenbackup.jenkins.dashboard.Looks;
import io.jenkins.plugins.provenbackup.jenkins.metrics.BackupMetricsAction;
import io.jenkins.plugins.provenbackup.jenkins.results.DrillPlace;
import io.jenkins.plugins.provenbackup.jenkins.results.DrillReport;
import io.jenkins.plugins.provenbackup.jenkins.results.DrillVerdict;
import io.jenkins.plugins.provenbackup.jenkins.results.RecoveryTestReport;
import io.jenkins.plugins.provenbackup.jenkins.schedule.FailedBackupMonitor;
import io.jenkins.plugins.provenbackup.jenkins.schedule.PolicyRun;
import io.jenkins.plugins.provenbackup.jenkins.schedule.PolicyRuns;
import io.jenkins.plugins.provenbackup.jenkins.schedule.RunKind;
import io.jenkins.plugins.provenbackup.jenkins.schedule.RunResult;
import io.jenkins.plugins.provenbackup.jenkins.steps.BackupSite;
import io.jenkins.plugins.provenbackup.jenkins.steps.VerifyRestoreStep;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** One button, or one argument of a step, runs the whole drill of a policy. */
@WithJenkins
@Timeout(300)
class RecoveryDrillTest {

    private static final String PAGE = "proven-backup/policy/shop/";
    private static final String BACKUP = """
            node {
                writeFile file: 'db/orders.csv', text: '1,9.90'
                writeFile file: 'uploads/photo.txt', text: 'a photo'
                backup policy: 'shop'
            }
            """;

    @TempDir
    private Path directory;

    /** Two sources at two destinations, the second of which is offsite. */
    private void aShopThatIsBackedUp(JenkinsRule jenkins) throws Exception {
        BackupSite.at(directory.resolve("nas"), directory.resolve("offsite"));
        ProvenBackupConfiguration configuration = ProvenBackupConfiguration.get();
        List<BackupDestination> places = configuration.getDestinations();
        places.get(1).setOffsite(true);
        configuration.setDestinations(places);
        WorkspaceSource db = new WorkspaceSource("db");
        db.setName("db");
        WorkspaceSource uploads = new WorkspaceSource("uploads");
        uploads.setName("uploads");
        BackupPolicy shop = new BackupPolicy("shop");
        shop.setSources(List.of(db, uploads));
        shop.setDestinations(List.of(new PolicyDestination("nas"), new PolicyDestination("offsite")));
        shop.setRpo("24h");
        shop.setRto("30m");
        shop.setAllowedJobs("p");
        shop.setRestoringJobs("p\nfree");
        configuration.setPolicies(List.of(shop));
        run(jenkins, Result.SUCCESS, BACKUP);
    }

    private static WorkflowRun run(JenkinsRule jenkins, Result expected, String script) throws Exception {
        WorkflowJob job = jenkins.jenkins.getItemByFullName("p", WorkflowJob.class);
        if (job == null) {
            job = jenkins.createProject(WorkflowJob.class, "p");
        }
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.assertBuildStatus(expected, job.scheduleBuild2(0).get());
    }

    /** As a user does it, by clicks. */
    private static PolicyRun drillByButton(JenkinsRule jenkins, JenkinsRule.WebClient browser) throws Exception {
        HtmlPage policy = browser.goTo(PAGE);
        HtmlPage drills = policy.getAnchorByText("Run recovery drill").click();
        assertThat(drills.asNormalizedText()).contains("as if all destinations but the worst were lost");
        jenkins.submit(drills.getFormByName("drill"));
        PolicyRun run = PolicyRuns.get().of("shop").get(0);
        for (int i = 0; i < 1200 && run.isRunning(); i++) {
            Thread.sleep(100);
        }
        assertThat(run.isRunning()).isFalse();
        return run;
    }

    private static DrillReport last() {
        return Drills.get().of("shop").get(0);
    }

    @Test
    void theButtonRestoresEverySourceFromTheWorstDestination(JenkinsRule jenkins) throws Exception {
        aShopThatIsBackedUp(jenkins);
        JenkinsRule.WebClient browser = jenkins.createWebClient();

        PolicyRun run = drillByButton(jenkins, browser);

        assertThat(run.getKind()).isEqualTo(RunKind.DRILL);
        assertThat(run.getResult()).as(run.getProblem()).isEqualTo(RunResult.SUCCESS);
        assertThat(run.getReports()).hasSize(2);
        DrillReport report = last();
        assertThat(run.getDrill()).isEqualTo(report.getNumber()).isEqualTo(1);
        assertThat(report.getVerdict()).isEqualTo(DrillVerdict.PASSED);
        assertThat(report.getDestination()).isEqualTo("offsite");
        assertThat(report.getFiles()).isEqualTo(2);
        assertThat(report.getTests())
                .extracting(RecoveryTestReport::getSource)
                .containsExactly("shop/db", "shop/uploads");
        assertThat(report.getTests())
                .allSatisfy(test -> assertThat(test.getFrom()).containsExactly("offsite"));
        assertThat(report.getSteps()).hasSize(9).allMatch(step -> step.isPassed());
        assertThat(scratch()).isEmptyDirectory();

        HtmlPage ofRun = browser.goTo(run.getUrl());
        HtmlPage page = ofRun.getAnchorByText("Report of the drill").click();
        assertThat(page.asNormalizedText())
                .contains("Recovery drill shop #1", "passed", "offsite", "recovery time (RTO)", "at most 30 min", "met")
                .contains("This is the first drill of the policy.", "compare every byte", "shop/uploads");
        assertThat(((HtmlPage) page.getAnchorByText("Print").click()).asNormalizedText())
                .contains("Recovery drill #1: shop");
        String url = Drills.urlOf(report);
        assertThat(browser.goTo(url + "markdown", "text/markdown")
                        .getWebResponse()
                        .getContentAsString())
                .startsWith("# Recovery drill #1: shop");
        assertThat(browser.goTo(url + "api/json", "application/json")
                        .getWebResponse()
                        .getContentAsString())
                .contains("\"destination\":\"offsite\"", "\"verdict\":\"PASSED\"")
                .doesNotContain(BackupSite.PASSPHRASE);
    }

    @Test
    void drillsAreComparedAndEachDestinationGetsItsTurn(JenkinsRule jenkins) throws Exception {
        aShopThatIsBackedUp(jenkins);
        JenkinsRule.WebClient browser = jenkins.createWebClient();
        List<String> destinations = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            assertThat(drillByButton(jenkins, browser).getResult()).isEqualTo(RunResult.SUCCESS);
            destinations.add(last().getDestination());
        }

        assertThat(destinations.subList(0, 2)).containsExactly("offsite", "nas");
        assertThat(last().getReason()).isEqualTo("The last restore from it alone was the slowest of all.");
        assertThat(last().getPlaces()).extracting(DrillPlace::getStanding).allMatch(text -> text.contains("a second"));
        assertThat(browser.goTo(Drills.urlOf(last())).asNormalizedText())
                .contains("#3 (this one)", "#2", "#1", "Since drill #");
        HtmlPage all = browser.goTo(Drills.urlOf("shop"));
        assertThat(all.asNormalizedText()).contains("Recovery time in drills");
        assertThat(all.querySelectorAll("svg.pb-chart__drawing")).isNotEmpty();
        Looks.at("shop");
        assertThat(browser.goTo(PAGE).getAnchorByText("#3").getHrefAttribute()).endsWith(Drills.urlOf(last()));
    }

    @Test
    void theStepRunsItsBodyInEachRestoredTreeAndGivesTheReport(JenkinsRule jenkins) throws Exception {
        aShopThatIsBackedUp(jenkins);

        WorkflowRun run = run(jenkins, Result.SUCCESS, """
                node {
                    def d = verifyRestore(policy: 'shop', drill: true, rto: '1h') {
                        sh 'echo "restored $PROVEN_BACKUP_SOURCE: $(cat *)"'
                    }
                    echo "drill ${d.passed} from ${d.destination}, ${d.files} files, ${d.tests[1].checks[0].name}, ${d.number}"
                    echo 'afterwards ' + sh(script: 'ls "$WORKSPACE"@tmp', returnStdout: true)
                }
                """);

        jenkins.assertLogContains("restored shop/db: 1,9.90", run);
        jenkins.assertLogContains("restored shop/uploads: a photo", run);
        jenkins.assertLogContains("drill true from offsite, 2 files, body, 1", run);
        assertThat(JenkinsRule.getLog(run)).doesNotContain("afterwards recovery-test");
        assertThat(run.getAction(BackupMetricsAction.class).getReports()).hasSize(2);
        assertThat(last().getRtoObjectiveMillis()).isEqualTo(3_600_000);
        assertThat(last().getUrl()).isEqualTo(run.getUrl());
        JenkinsRule.WebClient browser = jenkins.createWebClient();
        HtmlPage report = browser.getPage(run).getAnchorByText("Recovery drill").click();
        assertThat(report.asNormalizedText()).contains("check: body", "passed");
        assertThat(((HtmlPage) report.getAnchorByText("Run").click()).getUrl().toString())
                .endsWith(run.getUrl());
    }

    @Test
    void aBodyThatFailsDoesNotStopTheOtherSourcesAndFailsTheStep(JenkinsRule jenkins) throws Exception {
        aShopThatIsBackedUp(jenkins);

        WorkflowRun run = run(jenkins, Result.UNSTABLE, """
                node {
                    verifyRestore(policy: 'shop', drill: true, onFailure: 'UNSTABLE') { sh 'test -f orders.csv' }
                }
                """);

        jenkins.assertLogContains(
                "The build is unstable: The recovery drill of shop failed: shop/uploads: check 'body'", run);
        assertThat(last().getVerdict()).isEqualTo(DrillVerdict.FAILED);
        assertThat(last().getTests()).extracting(RecoveryTestReport::isPassed).containsExactly(true, false);
    }

    @Test
    void aFreestyleBuildMakesADrillToo(JenkinsRule jenkins) throws Exception {
        aShopThatIsBackedUp(jenkins);
        VerifyRestoreStep step = new VerifyRestoreStep();
        step.setPolicy("shop");
        step.setDrill(true);
        FreeStyleProject project = jenkins.createFreeStyleProject("free");
        project.getBuildersList().add(new VerifyRestoreBuilder(step));

        FreeStyleBuild build = jenkins.buildAndAssertSuccess(project);

        jenkins.assertLogContains("The recovery drill of shop passed", build);
        assertThat(last().getTests()).hasSize(2);
    }

    @Test
    void whatMakesNoSenseOrIsNotAllowedIsRefusedBeforeAnythingIsRestored(JenkinsRule jenkins) throws Exception {
        aShopThatIsBackedUp(jenkins);

        jenkins.assertLogContains(
                "leave out from, or drill",
                run(jenkins, Result.FAILURE, "node { verifyRestore(policy: 'shop', drill: true, from: 'nas') { } }"));
        jenkins.assertLogContains(
                "A recovery drill is of a policy",
                run(jenkins, Result.FAILURE, "node { verifyRestore(drill: true) { } }"));
        BackupPolicy shop = ProvenBackupConfiguration.get().policy("shop").orElseThrow();
        shop.setRestoringJobs("other");
        jenkins.assertLogContains(
                "may not restore from the policy 'shop'",
                run(jenkins, Result.FAILURE, "node { verifyRestore(policy: 'shop', drill: true) { } }"));
        assertThat(Drills.get().of("shop")).isEmpty();
    }

    @Test
    void onlyWhoMayRunBeginsADrillAndOnlyWhoMayViewSeesItsReport(JenkinsRule jenkins) throws Exception {
        aShopThatIsBackedUp(jenkins);
        drillByButton(jenkins, jenkins.createWebClient());
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, Item.READ, BackupPermissions.VIEW)
                .everywhere()
                .to("viewer")
                .grant(Jenkins.READ, Item.READ, BackupPermissions.RUN)
                .everywhere()
                .to("runner"));
        String drill = "proven-backup-runs/policy/shop/drill";

        assertThat(status(jenkins, "reader", Drills.urlOf(last()), HttpMethod.GET))
                .isEqualTo(403);
        assertThat(status(jenkins, "reader", Drills.urlOf(last()) + "markdown", HttpMethod.GET))
                .isEqualTo(403);
        assertThat(status(jenkins, "viewer", Drills.urlOf(last()), HttpMethod.GET))
                .isEqualTo(200);
        assertThat(status(jenkins, "viewer", drill, HttpMethod.POST)).isEqualTo(403);
        assertThat(jenkins.createWebClient()
                        .login("viewer")
                        .goTo(Drills.urlOf("shop"))
                        .getForms())
                .noneMatch(form -> form.getNameAttribute().equals("drill"));
        assertThat(status(jenkins, "runner", drill, HttpMethod.GET)).isGreaterThanOrEqualTo(404);
        assertThat(Drills.get().of("shop")).hasSize(1);
        assertThat(status(jenkins, "runner", drill, HttpMethod.POST)).isEqualTo(200);
        PolicyRun run = PolicyRuns.get().of("shop").get(0);
        for (int i = 0; i < 1200 && run.isRunning(); i++) {
            Thread.sleep(100);
        }
        assertThat(Drills.get().of("shop")).hasSize(2);
    }

    @Test
    void whereTheWorstDestinationDoesNotAnswerTheDrillFailsAndPeopleAreTold(JenkinsRule jenkins) throws Exception {
        aShopThatIsBackedUp(jenkins);
        Path away = Files.move(directory.resolve("nas"), directory.resolve("away"));
        JenkinsRule.WebClient browser = jenkins.createWebClient();

        PolicyRun run = drillByButton(jenkins, browser);

        assertThat(run.getResult()).isEqualTo(RunResult.FAILED);
        DrillReport report = last();
        assertThat(report.getVerdict()).isEqualTo(DrillVerdict.FAILED);
        assertThat(report.getDestination()).isEqualTo("nas");
        assertThat(report.getReason()).startsWith("It does not answer");
        assertThat(browser.goTo(Drills.urlOf(report)).asNormalizedText())
                .contains("nothing was restored", "What to do", "Bring back nas", "Until then restore from offsite");
        assertThat(ExtensionList.lookupSingleton(FailedBackupMonitor.class).getRuns())
                .extracting(PolicyRun::getKind)
                .containsExactly(RunKind.DRILL);
        Looks.at("shop");
        assertThat(browser.goTo(PAGE).asNormalizedText())
                .contains("Recovery test failed", "The recovery drill could not restore from nas");

        Files.move(away, directory.resolve("nas"));
        assertThat(drillByButton(jenkins, browser).getResult()).isEqualTo(RunResult.SUCCESS);
        assertThat(last().getDestination()).as("its last test failed").isEqualTo("nas");
        Looks.at("shop");
        assertThat(browser.goTo(PAGE).asNormalizedText()).doesNotContain("Recovery test failed");
        assertThat(ExtensionList.lookupSingleton(FailedBackupMonitor.class).getRuns())
                .isEmpty();
    }

    @Test
    void whatDoesNotComeBackFailsTheDrill(JenkinsRule jenkins) throws Exception {
        aShopThatIsBackedUp(jenkins);
        damage(directory.resolve("offsite/archives"));
        JenkinsRule.WebClient browser = jenkins.createWebClient();

        PolicyRun run = drillByButton(jenkins, browser);

        assertThat(run.getResult()).isEqualTo(RunResult.FAILED);
        assertThat(last().getVerdict()).isEqualTo(DrillVerdict.FAILED);
        assertThat(last().getTests()).noneMatch(RecoveryTestReport::isPassed);
        assertThat(browser.goTo(Drills.urlOf(last())).asNormalizedText())
                .contains("What went wrong", "verify --repair");
        Looks.at("shop");
        assertThat(browser.goTo(PAGE).asNormalizedText()).contains("Recovery test failed");
    }

    /** Every file keeps its name and length. */
    private static void damage(Path folder) throws Exception {
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] content = Files.readAllBytes(file);
                for (int i = 64; i < content.length; i++) {
                    content[i] ^= 0x55;
                }
                Files.delete(file);
                Files.write(file, content);
            }
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

    private static Path scratch() {
        return Jenkins.get().getRootDir().toPath().resolve("proven-backup/scratch");
    }
}
