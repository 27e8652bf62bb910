package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.sun.net.httpserver.HttpServer;
import hudson.ExtensionList;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.provenbackup.jenkins.access.BackupPermissions;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import io.jenkins.plugins.provenbackup.jenkins.configuration.WorkspaceSource;
import io.jenkins.plugins.provenbackup.jenkins.schedule.ProtectedHome;
import io.jenkins.plugins.provenbackup.jenkins.steps.BackupSite;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Pages, permissions, the monitor, Prometheus and the webhook, from real looks at a real repository. */
@WithJenkins
class DashboardTest {

    @TempDir
    private Path directory;

    private ProtectedHome home;
    private BackupPolicy policy;

    @Test
    void showsAtOnceWhetherAPolicyIsKept(JenkinsRule jenkins) throws Exception {
        aHomeThatIsBackedUp();
        JenkinsRule.WebClient browser = jenkins.createWebClient();

        assertThat(browser.goTo("proven-backup/").asNormalizedText()).contains("Nobody has looked yet");
        look();
        HtmlPage all = browser.goTo("proven-backup/");
        assertThat(all.asNormalizedText()).contains("nightly", "kept", "1 of 1 answer", "1 recovery point");
        HtmlPage page = all.getAnchorByText("nightly").click();
        assertThat(page.asNormalizedText())
                .contains("recovery point (RPO)", "at most 24 h old", "Calendar of recovery points", "Room left");
        assertThat(page.querySelectorAll("svg.pb-chart__drawing")).isNotEmpty();

        String metrics = browser.goTo("proven-backup/prometheus", "text/plain")
                .getWebResponse()
                .getContentAsString();
        assertThat(metrics.lines())
                .contains(
                        "proven_backup_compliant{policy=\"nightly\"} 1",
                        "proven_backup_rpo_objective_seconds{policy=\"nightly\"} 86400",
                        "proven_backup_destination_up{policy=\"nightly\",destination=\"disk\"} 1");
        assertThat(metrics).doesNotContain(directory.toString());

        assertThat(browser.goTo("proven-backup/policy/nightly/runbook").asNormalizedText())
                .contains("Restore, step by step");
        assertThat(browser.goTo("proven-backup/policy/nightly/report?format=json", "application/json")
                        .getWebResponse()
                        .getContentAsString())
                .contains("\"control\" : \"rpo/nightly/jenkinsHome\"");
    }

    @Test
    void aRemovedSnapshotRaisesAnAlertThatAnAdministratorCanTakeAsItIs(JenkinsRule jenkins) throws Exception {
        aHomeThatIsBackedUp();
        look();
        ComplianceMonitor monitor = ExtensionList.lookupSingleton(ComplianceMonitor.class);
        assertThat(monitor.isActivated()).isFalse();
        List<String> bodies = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            AlertConfiguration.get()
                    .setWebhookUrl("http://127.0.0.1:" + server.getAddress().getPort() + "/alerts");
            removeManifests();
            look();
            assertThat(monitor.isActivated()).isTrue();
            JenkinsRule.WebClient browser = jenkins.createWebClient();
            assertThat(browser.goTo("manage/").asNormalizedText()).contains("Snapshot removed: disk");
            waitFor(() -> bodies.stream().anyMatch(body -> body.contains("snapshot-removed")));
            assertThat(bodies).anyMatch(body -> body.contains("\"event\":\"raised\""));

            HtmlPage page = browser.goTo("proven-backup/policy/nightly/");
            jenkins.submit(page.querySelectorAll("form[action=accept]").stream()
                    .map(org.htmlunit.html.HtmlForm.class::cast)
                    .filter(form -> form.getInputByName("key").getValue().equals("snapshot-removed disk"))
                    .findFirst()
                    .orElseThrow());
            assertThat(Standings.get().alerts()).noneMatch(alert -> alert.key().equals("snapshot-removed disk"));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void eachSeesWhatConcernsThem(JenkinsRule jenkins) throws Exception {
        aHomeThatIsBackedUp();
        FreeStyleProject job = jenkins.createFreeStyleProject("shop");
        BackupPolicy ofJob = home.policy("of-job");
        ofJob.setSources(List.of(new WorkspaceSource("db")));
        ofJob.setAllowedJobs("shop");
        ProvenBackupConfiguration.get().setPolicies(List.of(policy, ofJob));
        PolicyWatch.get().look(ofJob, Clock.systemUTC());
        look();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, BackupPermissions.VIEW)
                .onRoot()
                .to("viewer", "owner")
                .grant(Item.READ, BackupPermissions.VIEW)
                .onItems(job)
                .to("owner")
                .grant(Jenkins.READ)
                .everywhere()
                .to("stranger"));

        assertThat(text(jenkins, "admin")).contains("nightly", "of-job");
        assertThat(text(jenkins, "owner")).contains("nightly", "of-job");
        assertThat(text(jenkins, "viewer")).contains("nightly").doesNotContain("of-job");
        assertThat(status(jenkins, "viewer", "proven-backup/policy/of-job/", HttpMethod.GET))
                .isEqualTo(404);
        assertThat(status(jenkins, "stranger", "proven-backup/", HttpMethod.GET))
                .isEqualTo(403);
        assertThat(status(jenkins, "stranger", "proven-backup/prometheus", HttpMethod.GET))
                .isEqualTo(403);
        assertThat(status(jenkins, "viewer", "proven-backup/look", HttpMethod.POST))
                .isEqualTo(403);
        assertThat(status(jenkins, "owner", "proven-backup/policy/nightly/accept?key=x", HttpMethod.POST))
                .isEqualTo(403);
        assertThat(status(jenkins, "admin", "proven-backup/look", HttpMethod.GET))
                .as("only for POST")
                .isEqualTo(404);
    }

    /** It has a source of its own in the same repository, which no policy lists. */
    @Test
    void whatContinuousProtectionKeepsIsNoDrift(JenkinsRule jenkins) throws Exception {
        aHomeThatIsBackedUp();
        policy.setContinuous(true);
        ProvenBackupConfiguration.get().setPolicies(List.of(policy));
        Instant until = Instant.now().plus(Duration.ofMinutes(3));
        while (home.site().snapshots().size() < 2) {
            assertThat(Instant.now()).as("the configuration was protected").isBefore(until);
            Thread.sleep(1000);
        }

        look();

        assertThat(jenkins.createWebClient().goTo("proven-backup/").asNormalizedText())
                .contains("nightly", "kept")
                .doesNotContain("broken");
    }

    @Test
    void aPolicyThatCannotBeCheckedSaysWhy(JenkinsRule jenkins) throws Exception {
        aHomeThatIsBackedUp();
        SystemCredentialsProvider.getInstance().getCredentials().clear();
        look();

        assertThat(jenkins.createWebClient().goTo("proven-backup/").asNormalizedText())
                .contains("There are no credentials '" + BackupSite.BACKUP_KEY + "'", "Mend what the message names");
    }

    private static String text(JenkinsRule jenkins, String user) throws Exception {
        return jenkins.createWebClient().login(user).goTo("proven-backup/").asNormalizedText();
    }

    private static int status(JenkinsRule jenkins, String user, String path, HttpMethod method) throws Exception {
        JenkinsRule.WebClient browser =
                jenkins.createWebClient().login(user).withThrowExceptionOnFailingStatusCode(false);
        WebRequest request = new WebRequest(new URL(jenkins.getURL(), path), method);
        Page page = browser.getPage(method == HttpMethod.POST ? browser.addCrumb(request) : request);
        return page.getWebResponse().getStatusCode();
    }

    private void aHomeThatIsBackedUp() throws Exception {
        home = ProtectedHome.at(directory.resolve("disk"));
        policy = home.policy("nightly");
        policy.setRpo("24h");
        ProvenBackupConfiguration.get().setPolicies(List.of(policy));
        home.backUp(policy);
    }

    private void look() {
        PolicyWatch.get().look(policy, Clock.systemUTC());
    }

    private void removeManifests() throws Exception {
        try (var files = Files.walk(directory.resolve("disk/snapshots"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void waitFor(java.util.function.BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 300 && !condition.getAsBoolean(); i++) {
            Thread.sleep(100);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
