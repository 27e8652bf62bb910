package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Result;
import hudson.util.Secret;
import io.jenkins.plugins.provenbackup.jenkins.access.BackupPermissions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Jobs come back as they were. */
@WithJenkins
class RestoredJobsTest {

    /** In bytes, on Linux. */
    private static final int LONGEST_PATH = 4095;

    @TempDir
    private Path directory;

    private static FreeStyleProject job(JenkinsRule jenkins, String name, int builds) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject(name);
        job.setDescription("precious");
        job.save();
        for (int i = 0; i < builds; i++) {
            jenkins.buildAndAssertSuccess(job);
        }
        return job;
    }

    @Test
    void deletedJobComesBackWithItsBuildsByClicksAlone(JenkinsRule jenkins) throws Exception {
        HomeSite site = HomeSite.at(jenkins, directory.resolve("disk"));
        FreeStyleProject job = job(jenkins, "shop", 3);
        site.backUp();
        job.delete();
        JenkinsRule.WebClient browser = HomeSite.browser(jenkins);
        long begin = System.nanoTime();

        HtmlPage points = site.open(browser, "recovery-points/");
        HtmlPage root = HomeSite.settled(((DomElement) points.querySelector("td a.jenkins-table__link")).click());
        HtmlPage jobs = HomeSite.settled(root.getAnchorByText("jobs").click());
        assertThat(jobs.asNormalizedText()).contains("shop", "not there any more");
        HtmlPage form = HomeSite.settled(((DomElement) jobs.querySelector("a[aria-label='Restore shop']")).click());
        HtmlPage work = HomeSite.settled(jenkins.submit(form.getFormByName("item")));

        assertThat(work.asNormalizedText()).contains("shop is there again, disabled.", "3 builds are back");
        FreeStyleProject back = (FreeStyleProject) jenkins.jenkins.getItem("shop");
        assertThat(back.isDisabled()).isTrue();
        assertThat(back.getDescription()).isEqualTo("precious");
        assertThat(back.getBuilds()).extracting(FreeStyleBuild::getNumber).containsExactly(3, 2, 1);
        assertThat(back.getBuildByNumber(2).getResult()).isEqualTo(Result.SUCCESS);
        assertThat(back.getBuildByNumber(2).getLog(50)).isNotEmpty();
        assertThat(back.getNextBuildNumber()).isEqualTo(4);

        HtmlPage point =
                HomeSite.settled(work.getAnchorByText("this recovery point").click());
        assertThat(point.asNormalizedText()).contains("What the home held");
        jenkins.submit(work.getFormByName("enable"));
        assertThat(back.isDisabled()).isFalse();
        assertThat(jenkins.buildAndAssertSuccess(back).getNumber()).isEqualTo(4);
        assertThat((System.nanoTime() - begin) / 1_000_000_000).isLessThan(60);
        assertNothingStaged();
    }

    @Test
    void changedJobIsSetBackAndTheChangeIsKept(JenkinsRule jenkins) throws Exception {
        HomeSite site = HomeSite.at(jenkins, directory.resolve("disk"));
        FreeStyleProject job = job(jenkins, "shop", 2);
        String point = site.backUp();
        job.setDescription("broken");
        job.save();
        jenkins.buildAndAssertSuccess(job);
        job.getBuildByNumber(1).delete();
        String second = job.getBuildByNumber(2).getLog(10).toString();

        HtmlPage work = site.restore(
                HomeSite.browser(jenkins), "point", point, "path", "jobs/shop", "way", "item", "name", "shop");

        assertThat(work.asNormalizedText()).contains("shop is configured as it was");
        FreeStyleProject back = (FreeStyleProject) jenkins.jenkins.getItem("shop");
        assertThat(back).isSameAs(job);
        assertThat(back.getDescription()).isEqualTo("precious");
        assertThat(back.isDisabled()).isFalse();
        assertThat(back.getBuilds()).extracting(FreeStyleBuild::getNumber).containsExactly(3, 2, 1);
        assertThat(back.getBuildByNumber(2).getLog(10)).hasToString(second);
        assertThat(back.getNextBuildNumber()).isEqualTo(4);
        Path kept = Jenkins.get().getRootDir().toPath().resolve("proven-backup/replaced");
        try (Stream<Path> files = Files.walk(kept)) {
            List<Path> copies = files.filter(Files::isRegularFile).toList();
            assertThat(copies).hasSize(1);
            assertThat(copies.get(0)).content().contains("broken");
        }
    }

    @Test
    void nextBuildNumberIsTheLargerOfBoth(JenkinsRule jenkins) throws Exception {
        HomeSite site = HomeSite.at(jenkins, directory.resolve("disk"));
        FreeStyleProject job = job(jenkins, "shop", 1);
        job.updateNextBuildNumber(40);
        String point = site.backUp();
        job.delete();
        FreeStyleProject other = jenkins.createFreeStyleProject("shop");
        jenkins.buildAndAssertSuccess(other);

        site.restore(HomeSite.browser(jenkins), "point", point, "path", "jobs/shop", "way", "item");

        assertThat(other.getNextBuildNumber()).isEqualTo(40);
        assertThat(other.getBuilds()).hasSize(1);
    }

    @Test
    void newNameMakesAnotherJob(JenkinsRule jenkins) throws Exception {
        HomeSite site = HomeSite.at(jenkins, directory.resolve("disk"));
        FreeStyleProject job = job(jenkins, "shop", 1);
        String point = site.backUp();

        site.restore(
                HomeSite.browser(jenkins),
                "point",
                point,
                "path",
                "jobs/shop",
                "way",
                "item",
                "name",
                "shop-yesterday");

        FreeStyleProject copy = (FreeStyleProject) jenkins.jenkins.getItem("shop-yesterday");
        assertThat(copy.isDisabled()).isTrue();
        assertThat(copy.getBuilds()).hasSize(1);
        assertThat(job.isDisabled()).isFalse();
    }

    @Test
    void folderComesBackWithItsJobs(JenkinsRule jenkins) throws Exception {
        HomeSite site = HomeSite.at(jenkins, directory.resolve("disk"));
        Folder folder = jenkins.jenkins.createProject(Folder.class, "team");
        FreeStyleProject inside = folder.createProject(FreeStyleProject.class, "db");
        jenkins.buildAndAssertSuccess(inside);
        folder.createProject(Folder.class, "inner").createProject(FreeStyleProject.class, "deep");
        String point = site.backUp();
        folder.delete();

        HtmlPage work = site.restore(HomeSite.browser(jenkins), "point", point, "path", "jobs/team", "way", "item");

        assertThat(work.asNormalizedText()).doesNotContain("Not everything");
        FreeStyleProject back = jenkins.jenkins.getItemByFullName("team/db", FreeStyleProject.class);
        assertThat(back.getBuilds()).hasSize(1);
        assertThat(back.isDisabled()).isTrue();
        assertThat(jenkins.jenkins.getItemByFullName("team/inner/deep")).isNotNull();
        jenkins.submit(work.getFormByName("enable"));
        assertThat(back.isDisabled()).isFalse();
    }

    @Test
    @SuppressWarnings("deprecation") // an empty matrix is made by no other
    void folderBringsNoJobsThatAreHiddenFromWhoRestoresIt(JenkinsRule jenkins) throws Exception {
        HomeSite site = HomeSite.at(jenkins, directory.resolve("disk"));
        Folder folder = jenkins.jenkins.createProject(Folder.class, "team");
        folder.createProject(FreeStyleProject.class, "db");
        folder.createProject(FreeStyleProject.class, "payroll");
        FreeStyleProject ruled = folder.createProject(FreeStyleProject.class, "ruled");
        ruled.addProperty(new hudson.security.AuthorizationMatrixProperty(java.util.Map.of()));
        Folder inner = folder.createProject(Folder.class, "inner");
        inner.createProject(FreeStyleProject.class, "salaries");
        inner.createProject(FreeStyleProject.class, "tables");
        String point = site.backUp();
        ruled.delete();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.CREATE, BackupPermissions.RESTORE)
                .onRoot()
                .to("owner")
                .grant(Item.READ, Item.CREATE, Item.CONFIGURE, BackupPermissions.RESTORE)
                .onPaths("team", "team/db", "team/ruled", "team/inner", "team/inner/tables", "copy", "copy/.*")
                .to("owner")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
        String[] wish = {"point", point, "path", "jobs/team", "way", "item", "name", "copy"};

        HtmlPage work = site.restore(HomeSite.browser(jenkins).login("owner"), wish);

        assertThat(work.asNormalizedText())
                .contains("Something that it held is left out")
                .doesNotContain("payroll", "salaries", "ruled");
        assertThat(jenkins.jenkins.getItemByFullName("copy/db")).isNotNull();
        assertThat(jenkins.jenkins.getItemByFullName("copy/inner/tables")).isNotNull();
        for (String hidden : List.of("payroll", "ruled", "inner/salaries")) {
            assertThat(jenkins.jenkins.getItemByFullName("copy/" + hidden))
                    .as(hidden)
                    .isNull();
        }
        assertNothingStaged();

        wish[wish.length - 1] = "whole";
        HtmlPage whole = site.restore(HomeSite.browser(jenkins).login("admin"), wish);
        assertThat(whole.asNormalizedText()).doesNotContain("left out");
        for (String name : List.of("db", "payroll", "ruled", "inner/salaries", "inner/tables")) {
            assertThat(jenkins.jenkins.getItemByFullName("whole/" + name))
                    .as(name)
                    .isNotNull();
        }
    }

    /** The staged tree lies deeper than the folder, so a path that just fits there is too long here. */
    private static void addFileThatCannotBeStaged(FreeStyleProject job, String name) throws Exception {
        Path deep = job.getRootDir().toPath().resolve("attic");
        while (deep.toString().length() + 256 < LONGEST_PATH) {
            deep = deep.resolve("d".repeat(100));
        }
        int room = LONGEST_PATH - deep.toString().length() - 1;
        Files.createDirectories(deep);
        Files.writeString(deep.resolve(name + "-".repeat(room - name.length())), "x");
    }

    @Test
    void noMessageNamesWhatIsHiddenFromWhoRestoresAFolder(JenkinsRule jenkins) throws Exception {
        HomeSite site = HomeSite.at(jenkins, directory.resolve("disk"));
        Folder folder = jenkins.jenkins.createProject(Folder.class, "team");
        folder.createProject(FreeStyleProject.class, "db");
        addFileThatCannotBeStaged(folder.createProject(FreeStyleProject.class, "payroll"), "bonus");
        String point = site.backUp();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.CREATE, BackupPermissions.RESTORE)
                .onRoot()
                .to("owner")
                .grant(Item.READ, Item.CREATE, Item.CONFIGURE, BackupPermissions.RESTORE)
                .onPaths("team", "team/db", "copy", "copy/.*")
                .to("owner")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
        JenkinsRule.WebClient owner = HomeSite.browser(jenkins).login("owner");
        String[] wish = {"point", point, "path", "jobs/team", "way", "item", "name", "copy"};

        HtmlPage whole = site.restore(HomeSite.browser(jenkins).login("admin"), wish);
        HtmlPage log = owner.goTo("recovery-points/log/");
        HtmlPage work = site.restore(owner, wish);

        assertThat(whole.asNormalizedText()).contains("Nothing was changed: 1 files", "payroll", "bonus");
        assertThat(log.asNormalizedText()).contains("admin", "failed").doesNotContain("payroll", "bonus");
        assertThat(work.asNormalizedText())
                .contains("Something that it held is left out")
                .doesNotContain("payroll", "bonus");
        assertThat(jenkins.jenkins.getItemByFullName("copy/db")).isNotNull();
        assertThat(jenkins.jenkins.getItemByFullName("copy/payroll")).isNull();
        assertNothingStaged();

        addFileThatCannotBeStaged(jenkins.jenkins.getItemByFullName("team/db", FreeStyleProject.class), "tables");
        wish[1] = site.backUp();
        wish[wish.length - 1] = "second-copy";
        HtmlPage refused = site.restore(owner, wish);

        assertThat(refused.asNormalizedText())
                .contains("Nothing was changed: 1 files", "jobs/db/attic", "tables")
                .doesNotContain("payroll", "bonus");
        assertThat(jenkins.jenkins.getItem("second-copy")).isNull();
        assertNothingStaged();
    }

    @Test
    void whoMayNotConfigureAJobGetsNoCopyOfItsSecrets(JenkinsRule jenkins) throws Exception {
        HomeSite site = HomeSite.at(jenkins, directory.resolve("disk"));
        FreeStyleProject job = jenkins.createFreeStyleProject("shop");
        job.setDescription(Secret.fromString("password").getEncryptedValue());
        job.save();
        jenkins.createFreeStyleProject("plain");
        String point = site.backUp();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.EXTENDED_READ, Item.CREATE, BackupPermissions.RESTORE)
                .everywhere()
                .to("copier")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE, Item.CREATE, BackupPermissions.RESTORE)
                .everywhere()
                .to("owner"));
        JenkinsRule.WebClient copier = HomeSite.browser(jenkins).login("copier");
        JenkinsRule.WebClient owner = HomeSite.browser(jenkins).login("owner");

        HtmlPage refused =
                site.restore(copier, "point", point, "path", "jobs/shop", "way", "item", "name", "of-copier");
        site.restore(copier, "point", point, "path", "jobs/plain", "way", "item", "name", "plain-of-copier");
        site.restore(owner, "point", point, "path", "jobs/shop", "way", "item", "name", "of-owner");

        assertThat(refused.asNormalizedText()).contains("Its configuration holds secrets");
        assertThat(jenkins.jenkins.getItem("of-copier")).isNull();
        assertThat(jenkins.jenkins.getItem("plain-of-copier")).isNotNull();
        assertThat(jenkins.jenkins.getItem("of-owner")).isNotNull();
        assertNothingStaged();
    }

    @Test
    void jobOfAFolderThatIsGoneIsRefused(JenkinsRule jenkins) throws Exception {
        HomeSite site = HomeSite.at(jenkins, directory.resolve("disk"));
        Folder folder = jenkins.jenkins.createProject(Folder.class, "team");
        folder.createProject(FreeStyleProject.class, "db");
        String point = site.backUp();
        folder.delete();

        HtmlPage work =
                site.restore(HomeSite.browser(jenkins), "point", point, "path", "jobs/team/jobs/db", "way", "item");

        assertThat(work.asNormalizedText()).contains("The folder 'jobs/team' is gone");
    }

    @Test
    void partOfAComputedFolderIsRefused(JenkinsRule jenkins) throws Exception {
        HomeSite site = HomeSite.at(jenkins, directory.resolve("disk"));
        Path branch = Jenkins.get().getRootDir().toPath().resolve("jobs/web/branches/main");
        Files.createDirectories(branch);
        Files.writeString(branch.resolve("config.xml"), "<project/>");
        String point = site.backUp();

        HtmlPage work = site.restore(
                HomeSite.browser(jenkins), "point", point, "path", "jobs/web/branches/main", "way", "item");

        assertThat(work.asNormalizedText()).contains("restore it as a whole");
    }

    @Test
    void directoryThatJenkinsDidNotLoadIsNotTouched(JenkinsRule jenkins) throws Exception {
        HomeSite site = HomeSite.at(jenkins, directory.resolve("disk"));
        FreeStyleProject job = job(jenkins, "shop", 1);
        String point = site.backUp();
        job.delete();
        Path leftover = Jenkins.get().getRootDir().toPath().resolve("jobs/shop/builds/7");
        Files.createDirectories(leftover);

        HtmlPage work = site.restore(HomeSite.browser(jenkins), "point", point, "path", "jobs/shop", "way", "item");

        assertThat(work.asNormalizedText()).contains("which Jenkins has not loaded");
        assertThat(leftover).isDirectory();
        assertThat(jenkins.jenkins.getItem("shop")).isNull();
        assertNothingStaged();
    }

    @Test
    @SuppressWarnings("deprecation") // an empty matrix is made by no other
    void whoMayDoWhatIsDroppedUnlessAnAdministratorRestores(JenkinsRule jenkins) throws Exception {
        HomeSite site = HomeSite.at(jenkins, directory.resolve("disk"));
        FreeStyleProject job = jenkins.createFreeStyleProject("shop");
        job.addProperty(new hudson.security.AuthorizationMatrixProperty(java.util.Map.of()));
        String point = site.backUp();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ, Item.CREATE, Item.CONFIGURE, BackupPermissions.RESTORE)
                .everywhere()
                .to("owner"));

        site.restore(
                HomeSite.browser(jenkins).login("owner"),
                "point",
                point,
                "path",
                "jobs/shop",
                "way",
                "item",
                "name",
                "by-owner");
        site.restore(
                HomeSite.browser(jenkins).login("admin"),
                "point",
                point,
                "path",
                "jobs/shop",
                "way",
                "item",
                "name",
                "by-admin");

        assertThat(((FreeStyleProject) jenkins.jenkins.getItem("by-owner"))
                        .getProperty(hudson.security.AuthorizationMatrixProperty.class))
                .isNull();
        assertThat(((FreeStyleProject) jenkins.jenkins.getItem("by-admin"))
                        .getProperty(hudson.security.AuthorizationMatrixProperty.class))
                .isNotNull();
    }

    @Test
    void wholeHomeGoesToANewDirectoryAlone(JenkinsRule jenkins) throws Exception {
        HomeSite site = HomeSite.at(jenkins, directory.resolve("disk"));
        job(jenkins, "shop", 1);
        String point = site.backUp();
        Path target = directory.resolve("restored");
        JenkinsRule.WebClient browser = HomeSite.browser(jenkins);

        HtmlPage work =
                site.restore(browser, "point", point, "path", "", "way", "directory", "directory", target.toString());
        HtmlPage again =
                site.restore(browser, "point", point, "path", "", "way", "directory", "directory", target.toString());
        HtmlPage inside = site.restore(
                browser,
                "point",
                point,
                "path",
                "",
                "way",
                "directory",
                "directory",
                Jenkins.get().getRootDir() + "/userContent/x");

        assertThat(work.asNormalizedText()).contains("Restored in");
        assertThat(target.resolve("jobs/shop/builds/1/log")).exists();
        assertThat(target.resolve("secrets/master.key")).exists();
        assertThat(again.asNormalizedText()).contains("not empty");
        assertThat(inside.asNormalizedText()).contains("lies in JENKINS_HOME");
    }

    @Test
    void fileGoesBackToItsPlaceAndTheOtherIsKept(JenkinsRule jenkins) throws Exception {
        HomeSite site = HomeSite.at(jenkins, directory.resolve("disk"));
        Path file = Jenkins.get().getRootDir().toPath().resolve("userContent/notice.txt");
        Files.writeString(file, "yesterday");
        String point = site.backUp();
        Files.writeString(file, "today");
        JenkinsRule.WebClient browser = HomeSite.browser(jenkins);

        HtmlPage work = site.restore(browser, "point", point, "path", "userContent/notice.txt", "way", "file");
        HtmlPage secret = site.restore(browser, "point", point, "path", "secrets/master.key", "way", "file");

        assertThat(file).hasContent("yesterday");
        assertThat(work.asNormalizedText()).contains("What was there is kept");
        assertThat(secret.asNormalizedText()).contains("holds secrets");
        String log = Files.readString(Jenkins.get().getRootDir().toPath().resolve("proven-backup/restores.jsonl"));
        assertThat(log.lines()).hasSize(4);
        assertThat(log).contains("\"event\":\"done\"", "\"event\":\"failed\"", "userContent/notice.txt");
        assertThat(browser.goTo("recovery-points/log/").asNormalizedText()).contains("userContent/notice.txt");
    }

    private static void assertNothingStaged() throws Exception {
        Path scratch = Jenkins.get().getRootDir().toPath().resolve("proven-backup/scratch");
        try (Stream<Path> left = Files.list(scratch)) {
            assertThat(left).isEmpty();
        }
    }
}
