package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.jenkins.access.BackupPermissions;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicyDestination;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import io.jenkins.plugins.provenbackup.jenkins.configuration.WorkspaceSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlAnchor;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** From the dashboard to runs and recovery points and back, by clicks, and only as far as somebody may see. */
@WithJenkins
class PolicyLinksTest {

    @TempDir
    private Path directory;

    @Test
    void eachPageLeadsToTheOthers(JenkinsRule jenkins) throws Exception {
        HomeSite site = HomeSite.at(jenkins, directory.resolve("disk"));
        site.backUp();
        JenkinsRule.WebClient browser = jenkins.createWebClient();

        HtmlPage dashboard =
                browser.goTo("manage/").getAnchorByHref("../proven-backup/").click();
        assertThat(dashboard.getUrl()).hasToString(jenkins.getURL() + "proven-backup/");
        HtmlPage policy = dashboard.getAnchorByText(HomeSite.POLICY).click();
        HtmlPage runs = follow(policy, "Runs");
        assertThat(runs.getUrl().getPath()).endsWith("/proven-backup-runs/policy/jenkins-home/");
        HtmlPage points = HomeSite.settled(follow(runs, "Recovery points"));
        assertThat(points.getUrl().getPath()).endsWith("/recovery-points/home/jenkins-home/");
        assertThat(points.asNormalizedText()).contains("Search all recovery points");
        assertThat(follow(points, "Dashboard").getUrl()).isEqualTo(policy.getUrl());

        HtmlPage run = jenkins.submit(runs.getFormByName("prune"));
        assertThat(run.getUrl().getPath()).endsWith("/proven-backup-runs/policy/jenkins-home/1/");
        assertThat(follow(run, "Dashboard").getUrl()).isEqualTo(policy.getUrl());
        assertThat(follow(run, "Runs").getUrl()).isEqualTo(runs.getUrl());

        assertThat(follow(follow(dashboard, "Runs"), "Dashboard").getUrl()).isEqualTo(dashboard.getUrl());
    }

    @Test
    void nothingLeadsToWhatSomebodyMayNotSee(JenkinsRule jenkins) throws Exception {
        HomeSite.at(jenkins, directory.resolve("disk"));
        BackupPolicy shop = new BackupPolicy("shop");
        shop.setSources(List.of(new WorkspaceSource("db")));
        shop.setDestinations(List.of(new PolicyDestination("disk")));
        List<BackupPolicy> policies =
                new ArrayList<>(ProvenBackupConfiguration.get().getPolicies());
        policies.add(shop);
        ProvenBackupConfiguration.get().setPolicies(policies);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, BackupPermissions.VIEW)
                .onRoot()
                .to("viewer"));

        JenkinsRule.WebClient admin = jenkins.createWebClient().login("admin");
        assertThat(titles(admin.goTo("proven-backup/policy/shop/")))
                .contains("Runs")
                .doesNotContain("Recovery points");
        assertThat(titles(admin.goTo("proven-backup-runs/policy/shop/"))).contains("Dashboard");

        JenkinsRule.WebClient viewer = jenkins.createWebClient().login("viewer");
        viewer.assertFails("proven-backup-runs/policy/shop/", 404);
        assertThat(titles(viewer.goTo("proven-backup-runs/policy/jenkins-home/")))
                .contains("Dashboard", "Recovery points");
    }

    private static HtmlPage follow(HtmlPage page, String title) throws Exception {
        return buttons(page).stream()
                .filter(one -> one.getTextContent().strip().equals(title))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + title + " in " + titles(page)))
                .click();
    }

    private static List<String> titles(HtmlPage page) {
        return buttons(page).stream().map(one -> one.getTextContent().strip()).toList();
    }

    private static List<HtmlAnchor> buttons(HtmlPage page) {
        return page.querySelectorAll(".jenkins-app-bar a.jenkins-button").stream()
                .map(HtmlAnchor.class::cast)
                .toList();
    }
}
