package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.provenbackup.jenkins.access.BackupPermissions;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.JenkinsHomeSource;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicyDestination;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

/** Who sees what of the recovery points, by whatever address. */
@WithJenkins
class ShownEntriesTest {

    private static final String SECRET = "{AQAAABAAAAAQ3nfZm9vYmFy01234567890123456789abcdef0=}";

    @TempDir
    private Path directory;

    private static final List<String> ADDRESSES = List.of(
            "browse?point=POINT&path=PATH",
            "browse?point=POINT&path=PATH%2Fbuilds",
            "browse?point=POINT&path=PATH%2Fbuilds%2F1",
            "file?point=POINT&path=PATH%2Fconfig.xml",
            "file?point=POINT&path=PATH%2Fbuilds%2F1%2Flog",
            "download?point=POINT&path=PATH%2Fconfig.xml",
            "download?point=POINT&path=PATH%2Fbuilds%2F1%2Flog",
            "history?path=PATH",
            "history?path=PATH%2Fconfig.xml",
            "search?q=hidden",
            "search?q=config.xml",
            "compare?from=FIRST&to=POINT&path=",
            "compare?from=FIRST&to=POINT&path=PATH",
            "diff?from=FIRST&to=POINT&path=PATH%2Fconfig.xml",
            "diff?from=POINT&to=now&path=PATH%2Fconfig.xml",
            "restore?point=POINT&path=PATH",
            "browse?point=POINT&path=jobs");

    /** Each of the addresses shows one of these at least to those who may see the job. */
    private static final List<String> SIGNS =
            List.of("confidential", "hidden-job</", "hidden-job\"", "hidden-job%2F", "project>", "Finished: SUCCESS");

    @Test
    void whoMayNotReadAJobSeesNothingOfItByAnyAddress(JenkinsRule jenkins) throws Exception {
        HomeSite site = HomeSite.at(jenkins, directory.resolve("disk"));
        FreeStyleProject hidden = jenkins.createFreeStyleProject("hidden-job");
        jenkins.createFreeStyleProject("open-job");
        jenkins.buildAndAssertSuccess(hidden);
        String first = site.backUp();
        hidden.setDescription("confidential");
        hidden.save();
        String point = site.backUp();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, BackupPermissions.RESTORE)
                .everywhere()
                .to("user")
                .grant(Item.READ, Item.EXTENDED_READ)
                .onItems(jenkins.jenkins.getItem("open-job"))
                .to("user")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
        JenkinsRule.WebClient browser = browser(jenkins, "user");
        JenkinsRule.WebClient administrator = browser(jenkins, "admin");

        for (String address : ADDRESSES) {
            String target = address.replace("POINT", point)
                    .replace("FIRST", first)
                    .replace("PATH", HomeSite.encoded("jobs/hidden-job"));
            assertThat(SIGNS)
                    .as(address)
                    .anyMatch(settled(administrator, jenkins, HomeSite.page(target))
                            .getWebResponse()
                            .getContentAsString()::contains);
            Page page = settled(browser, jenkins, HomeSite.page(target));
            assertThat(page.getWebResponse().getContentAsString()).as(address).doesNotContain(SIGNS);
            if (address.contains("PATH")) {
                assertThat(page.getWebResponse().getStatusCode()).as(address).isEqualTo(404);
            }
        }
        assertThat(settled(browser, jenkins, HomeSite.page("browse?point=" + point))
                        .getWebResponse()
                        .getContentAsString())
                .contains(">jobs</a>")
                .doesNotContain("secrets", "config.xml");
        assertThat(settled(browser, jenkins, HomeSite.page("browse?point=" + point + "&path=jobs"))
                        .getWebResponse()
                        .getContentAsString())
                .contains("open-job");
        assertThat(settled(
                                browser,
                                jenkins,
                                HomeSite.page("file?point=" + point + "&path=jobs%2Fopen-job%2Fconfig.xml"))
                        .getWebResponse()
                        .getContentAsString())
                .contains("&lt;project>");
    }

    @Test
    void whoMayNotReadConfigurationsSeesBuildsOnly(JenkinsRule jenkins) throws Exception {
        HomeSite site = HomeSite.at(jenkins, directory.resolve("disk"));
        jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject("shop"));
        String point = site.backUp();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, BackupPermissions.RESTORE, Item.READ)
                .everywhere()
                .to("reader"));
        JenkinsRule.WebClient browser = browser(jenkins, "reader");

        assertStatus(browser, jenkins, "file?point=" + point + "&path=jobs%2Fshop%2Fbuilds%2F1%2Flog", 200);
        for (String path :
                List.of("jobs/shop/config.xml", "jobs/shop/builds/1/build.xml", "config.xml", "users", "secrets")) {
            assertStatus(browser, jenkins, "file?point=" + point + "&path=" + HomeSite.encoded(path), 404);
            assertStatus(browser, jenkins, "download?point=" + point + "&path=" + HomeSite.encoded(path), 404);
        }
        assertStatus(browser, jenkins, "restore?point=" + point + "&path=jobs%2Fshop", 404);
    }

    @Test
    void withoutRestoreNothingIsRestored(JenkinsRule jenkins) throws Exception {
        HomeSite site = HomeSite.at(jenkins, directory.resolve("disk"));
        jenkins.createFreeStyleProject("shop");
        String point = site.backUp();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, BackupPermissions.RUN, Item.READ, Item.CREATE, Item.CONFIGURE)
                .everywhere()
                .to("viewer")
                .grant(Jenkins.READ, BackupPermissions.RESTORE, Item.READ, Item.EXTENDED_READ)
                .everywhere()
                .to("restorer"));

        JenkinsRule.WebClient viewer = browser(jenkins, "viewer");
        assertThat(site.post(viewer, HomeSite.page("start"), "point", point, "path", "jobs/shop", "way", "item")
                        .getWebResponse()
                        .getStatusCode())
                .isEqualTo(403);
        // May restore, but not configure or create.
        JenkinsRule.WebClient restorer = browser(jenkins, "restorer");
        HtmlPage over = site.restore(restorer, "point", point, "path", "jobs/shop", "way", "item");
        HtmlPage beside = site.restore(restorer, "point", point, "path", "jobs/shop", "way", "item", "name", "new");
        assertThat(over.asNormalizedText()).contains("Job/Configure");
        assertThat(beside.asNormalizedText()).contains("Job/Create");
        assertThat(jenkins.jenkins.getItem("new")).isNull();
        for (String way : List.of("file", "directory")) {
            assertThat(site.post(
                                    restorer,
                                    HomeSite.page("start"),
                                    "point",
                                    point,
                                    "path",
                                    "jobs/shop",
                                    "way",
                                    way,
                                    "directory",
                                    directory.resolve("stolen").toString())
                            .getWebResponse()
                            .getStatusCode())
                    .isEqualTo(403);
        }
        assertThat(directory.resolve("stolen")).doesNotExist();
        WebRequest byGet = new WebRequest(
                new URL(jenkins.getURL(), HomeSite.page("start?way=item&path=jobs%2Fshop&point=" + point)),
                HttpMethod.GET);
        assertThat(browser(jenkins, "restorer").getPage(byGet).getWebResponse().getStatusCode())
                .as("GET finds no such page")
                .isEqualTo(404);
    }

    @Test
    void forgedPathsAndOtherSnapshotsAreNotThere(JenkinsRule jenkins) throws Exception {
        HomeSite site = HomeSite.at(jenkins, directory.resolve("disk"));
        jenkins.createFreeStyleProject("shop");
        String point = site.backUp();
        JenkinsRule.WebClient browser = browser(jenkins, "");

        for (String path : List.of("../etc/passwd", "jobs/../secrets/master.key", "jobs//shop", "./jobs", "jobs/\\q")) {
            Page page =
                    settled(browser, jenkins, HomeSite.page("file?point=" + point + "&path=" + HomeSite.encoded(path)));
            assertThat(page.getWebResponse().getStatusCode()).as(path).isGreaterThanOrEqualTo(400);
            assertThat(page.getWebResponse().getContentAsString()).doesNotContain("root:");
        }
        for (String id : List.of("", "latest", point.substring(0, 8), "0".repeat(64), "../" + point)) {
            Page page = settled(browser, jenkins, HomeSite.page("browse?point=" + HomeSite.encoded(id) + "&path=jobs"));
            assertThat(page.getWebResponse().getContentAsString()).as(id).doesNotContain("jobs%2Fshop");
        }
    }

    @Test
    void secretsAreNeitherShownNorDownloaded(JenkinsRule jenkins) throws Exception {
        HomeSite site = HomeSite.at(jenkins, directory.resolve("disk"));
        FreeStyleProject job = jenkins.createFreeStyleProject("shop");
        Path home = Jenkins.get().getRootDir().toPath();
        Files.writeString(
                job.getConfigFile().getFile().toPath(),
                "<project><description>" + SECRET + "</description><disabled>false</disabled></project>");
        Files.writeString(home.resolve("userContent/tls.key"), "private");
        String point = site.backUp();
        JenkinsRule.WebClient browser = browser(jenkins, "");

        for (String file : List.of("secrets/master.key", "credentials.xml", "userContent/tls.key", "secret.key")) {
            String encoded = HomeSite.encoded(file);
            assertStatus(browser, jenkins, "download?point=" + point + "&path=" + encoded, 404);
            assertThat(settled(browser, jenkins, HomeSite.page("file?point=" + point + "&path=" + encoded))
                            .getWebResponse()
                            .getContentAsString())
                    .as(file)
                    .contains("Secrets are never shown")
                    .doesNotContain("private");
        }
        String config = "point=" + point + "&path=jobs%2Fshop%2Fconfig.xml";
        for (String page : List.of("file?" + config, "download?" + config)) {
            assertThat(settled(browser, jenkins, HomeSite.page(page))
                            .getWebResponse()
                            .getContentAsString())
                    .contains("{masked}")
                    .doesNotContain(SECRET.substring(6, 20));
        }
    }

    @Test
    @SuppressWarnings("deprecation") // an empty matrix is made by no other
    void jobThatRuledItselfThenIsForAdministratorsUnlessItRulesItselfSoNow(JenkinsRule jenkins) throws Exception {
        HomeSite site = HomeSite.at(jenkins, directory.resolve("disk"));
        FreeStyleProject job = jenkins.createFreeStyleProject("shop");
        job.addProperty(new hudson.security.AuthorizationMatrixProperty(java.util.Map.of()));
        String point = site.backUp();
        job.delete();
        jenkins.createFreeStyleProject("shop");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.CREATE, Item.CONFIGURE, BackupPermissions.RESTORE)
                .everywhere()
                .to("curious"));

        JenkinsRule.WebClient browser = browser(jenkins, "curious");

        assertStatus(browser, jenkins, "file?point=" + point + "&path=jobs%2Fshop%2Fconfig.xml", 404);
        assertStatus(browser, jenkins, "browse?point=" + point + "&path=jobs%2Fshop", 404);
        HtmlPage work = site.restore(browser, "point", point, "path", "jobs/shop", "way", "item", "name", "mine");
        assertThat(work.asNormalizedText()).contains("You may not restore this");
        assertThat(jenkins.jenkins.getItem("mine")).isNull();
    }

    @Test
    void jobHasItsRecoveryPoints(JenkinsRule jenkins) throws Exception {
        HomeSite site = HomeSite.at(jenkins, directory.resolve("disk"));
        FreeStyleProject job = jenkins.createFreeStyleProject("shop");
        site.backUp();
        job.setDescription("changed");
        job.save();
        String second = site.backUp();
        JenkinsRule.WebClient browser = browser(jenkins, "");

        HtmlPage page = HomeSite.settled((HtmlPage)
                browser.goTo("job/shop/").getAnchorByText("Recovery points").click());

        assertThat(page.asNormalizedText()).contains("changed", "added");
        HtmlPage diff = HomeSite.settled(page.getAnchorByText("What changed").click());
        assertThat(diff.asNormalizedText()).contains("<description>changed</description>");
        assertThat(HomeSite.settled(browser.goTo(HomeSite.page("search?q=shop")))
                        .asNormalizedText())
                .contains("jobs/shop");
        assertThat(HomeSite.settled(
                                browser.goTo(HomeSite.page("file?point=" + second + "&path=jobs%2Fshop%2Fconfig.xml")))
                        .asNormalizedText())
                .contains("<description>changed</description>");
    }

    @Test
    void policiesThatBackUpTheHomeAreListedWhenThereAreTwo(JenkinsRule jenkins) throws Exception {
        HomeSite.at(jenkins, directory.resolve("disk"));
        BackupPolicy second = new BackupPolicy("nightly");
        second.setSources(List.of(new JenkinsHomeSource()));
        second.setDestinations(List.of(new PolicyDestination("disk")));
        List<BackupPolicy> policies =
                new ArrayList<>(ProvenBackupConfiguration.get().getPolicies());
        policies.add(second);
        ProvenBackupConfiguration.get().setPolicies(policies);

        HtmlPage list = browser(jenkins, "").goTo("recovery-points/");
        HtmlPage points = HomeSite.settled(list.getAnchorByText("nightly").click());

        assertThat(points.getUrl()).hasToString(jenkins.getURL() + "recovery-points/home/nightly/");
        assertThat(points.asNormalizedText()).contains("There is no recovery point yet.");
    }

    private static JenkinsRule.WebClient browser(JenkinsRule jenkins, String user) throws Exception {
        JenkinsRule.WebClient browser = HomeSite.browser(jenkins)
                .withThrowExceptionOnFailingStatusCode(false)
                .withJavaScriptEnabled(false);
        return user.isEmpty() ? browser : browser.login(user);
    }

    private static void assertStatus(JenkinsRule.WebClient browser, JenkinsRule jenkins, String address, int status)
            throws Exception {
        assertThat(settled(browser, jenkins, HomeSite.page(address))
                        .getWebResponse()
                        .getStatusCode())
                .as(address)
                .isEqualTo(status);
    }

    private static Page settled(JenkinsRule.WebClient browser, JenkinsRule jenkins, String address) throws Exception {
        URL url = new URL(jenkins.getURL(), address);
        Page page = browser.getPage(url);
        for (int i = 0; i < 60 && page.getWebResponse().getResponseHeaderValue("Refresh") != null; i++) {
            Thread.sleep(500);
            page = browser.getPage(url);
        }
        return page;
    }
}
