package io.jenkins.plugins.provenbackup.jenkins.start;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.model.Item;
import io.jenkins.plugins.provenbackup.engine.Destinations;
import io.jenkins.plugins.provenbackup.engine.OpenDestinations;
import io.jenkins.plugins.provenbackup.engine.OpenRequest;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.SlotKind;
import io.jenkins.plugins.provenbackup.engine.keys.ManageKeys;
import io.jenkins.plugins.provenbackup.engine.snapshots.ListSnapshots;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.StorageOptions;
import io.jenkins.plugins.provenbackup.jenkins.access.BackupPermissions;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupDestination;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** From nothing to a first verified backup, through the pages. */
@WithJenkins
class GuidedStartTest {

    private static final String PASSPHRASE = "correct horse battery staple";

    @TempDir
    private Path directory;

    @Test
    void takesAnEmptyJenkinsToAVerifiedBackupOfItsHome(JenkinsRule jenkins) throws Exception {
        jenkins.createFreeStyleProject("precious");

        begin(jenkins, directory.resolve("a"), directory.resolve("b"), PASSPHRASE);
        Attempt attempt = ended();

        assertThat(attempt.getProblem()).isEmpty();
        assertThat(attempt.isDone()).isTrue();
        BackupPolicy policy =
                ProvenBackupConfiguration.get().policy("jenkins-home").orElseThrow();
        assertThat(ProvenBackupConfiguration.get().toPolicy(policy).destinations())
                .hasSize(2);
        for (String place : List.of("a", "b")) {
            try (Destinations destinations = open(place);
                    RecoveryKey key = destinations.unlock(PASSPHRASE.toCharArray())) {
                assertThat(ListSnapshots.run(destinations.reached(), key).sources())
                        .containsExactly("jenkins-home/jenkinsHome");
            }
            assertThat(directory.resolve(place).resolve("RECOVERY.md")).exists();
        }
    }

    @Test
    void recoveryFormIsShownOnceAndOpensTheRepository(JenkinsRule jenkins) throws Exception {
        begin(jenkins, directory.resolve("a"), directory.resolve("b"), "");
        ended();
        JenkinsRule.WebClient browser = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);

        HtmlPage form =
                jenkins.submit(browser.goTo("manage/proven-backup-start/").getFormByName("form"));

        String text = form.asNormalizedText();
        assertThat(text).contains("Proven Backup key on paper").containsPattern("(?m)^ ?1 +[A-Z0-9 ]{20,}");
        Matcher passphrase = Pattern.compile("[a-z1-9]{4}(-[a-z1-9]{4}){5}").matcher(text);
        assertThat(passphrase.find()).isTrue();
        try (Destinations destinations = open("b");
                RecoveryKey key = destinations.unlock(passphrase.group().toCharArray())) {
            assertThat(key.repositoryId()).isEqualTo(destinations.id());
        }
        assertThat(form.getWebResponse().getResponseHeaderValue("Cache-Control"))
                .contains("no-store");
        assertNowhere(passphrase.group());
        URL again = new URL(jenkins.getURL(), "manage/proven-backup-start/form");
        String second = browser.getPage(browser.addCrumb(new WebRequest(again, HttpMethod.POST)))
                .getWebResponse()
                .getContentAsString();
        assertThat(second).contains("was shown already").doesNotContain(passphrase.group());
    }

    @Test
    void anotherRecoveryFormIsMadeWithoutThePassphrase(JenkinsRule jenkins) throws Exception {
        begin(jenkins, directory.resolve("a"), directory.resolve("b"), "");
        ended();

        HtmlPage form = jenkins.submit(jenkins.createWebClient()
                .goTo("manage/proven-backup-start/keys/")
                .getFormByName("paper-jenkins"));

        assertThat(form.asNormalizedText()).contains("Proven Backup key on paper");
        try (Destinations destinations = open("a")) {
            assertThat(new ManageKeys(destinations, Clock.systemUTC()).list())
                    .extracting(slot -> slot.kind().orElseThrow())
                    .containsExactlyInAnyOrder(SlotKind.PASSPHRASE, SlotKind.PERSONAL, SlotKind.PAPER, SlotKind.PAPER);
        }
    }

    @Test
    void goesOnWhereItFailed(JenkinsRule jenkins) throws Exception {
        Path blocked = Files.writeString(directory.resolve("blocked"), "a file where a folder should be");
        begin(jenkins, directory.resolve("a"), blocked.resolve("b"), PASSPHRASE);
        Attempt attempt = ended();
        assertThat(attempt.isDone()).isFalse();
        assertThat(attempt.getProblem()).contains("blocked");
        Files.delete(blocked);

        JenkinsRule.WebClient browser = jenkins.createWebClient();
        jenkins.submit(browser.goTo("manage/proven-backup-start/").getFormByName("retry"));

        assertThat(ended().isDone()).isTrue();
    }

    @Test
    void folderInsideTheHomeIsRefused(JenkinsRule jenkins) throws Exception {
        Path inside = Jenkins.get().getRootDir().toPath().resolve("backups");

        HtmlPage answer = begin(jenkins, inside, directory.resolve("b"), PASSPHRASE);

        assertThat(answer.asNormalizedText()).contains("inside JENKINS_HOME");
        assertThat(ExtensionList.lookupSingleton(GuidedStart.class).getAttempt())
                .isNull();
    }

    @Test
    void pageIsForAdministratorsAlone(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Jenkins.MANAGE, Item.CONFIGURE, BackupPermissions.CONFIGURE)
                .everywhere()
                .to("keeper"));
        JenkinsRule.WebClient browser = jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .login("keeper");
        for (String page : List.of(
                "",
                "begin",
                "trust",
                "retry",
                "dismiss",
                "form",
                "keys/",
                "keys/create",
                "keys/import",
                "keys/paper")) {
            URL url = new URL(jenkins.getURL(), "manage/proven-backup-start/" + page);
            assertThat(browser.getPage(browser.addCrumb(new WebRequest(url, HttpMethod.POST)))
                            .getWebResponse()
                            .getStatusCode())
                    .as(page)
                    .isEqualTo(403);
        }
    }

    @Test
    void existingRepositoryIsImportedByItsPassphrase(JenkinsRule jenkins) throws Exception {
        begin(jenkins, directory.resolve("a"), directory.resolve("b"), PASSPHRASE);
        ended();
        ProvenBackupConfiguration.get().setPolicies(List.of());
        ProvenBackupConfiguration.get().setKeys(List.of());
        ProvenBackupConfiguration.get()
                .setDestinations(List.of(
                        new BackupDestination("b", directory.resolve("b").toString())));
        HtmlForm form = jenkins.createWebClient()
                .goTo("manage/proven-backup-start/keys/")
                .getFormByName("import");
        form.getInputsByName("name").stream()
                .filter(input -> !input.getType().equals("hidden"))
                .forEach(input -> input.setValue("found"));
        form.getInputByName("passphrase").setValue(PASSPHRASE);
        form.getInputByName("chosen").setChecked(true);

        HtmlPage answer = jenkins.submit(form);

        assertThat(answer.asNormalizedText()).contains("Proven Backup key on paper");
        assertThat(ProvenBackupConfiguration.get()
                        .destination("b")
                        .orElseThrow()
                        .getKeys())
                .isEqualTo("found");
        assertThat(ProvenBackupConfiguration.get().keysOf(List.of("b")).getRecoveryCredentialsId())
                .isNotEmpty();
    }

    private HtmlPage begin(JenkinsRule jenkins, Path first, Path second, String passphrase) throws Exception {
        JenkinsRule.WebClient browser = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        HtmlForm form = browser.goTo("manage/proven-backup-start/").getFormByName("begin");
        form.getInputByName("_.firstLocation").setValue(first.toString());
        form.getInputByName("_.secondLocation").setValue(second.toString());
        form.getInputByName("_.passphrase").setValue(passphrase);
        return jenkins.submit(form);
    }

    private static Attempt ended() throws InterruptedException {
        Attempt attempt = ExtensionList.lookupSingleton(GuidedStart.class).getAttempt();
        for (int i = 0; i < 1200 && attempt.isRunning(); i++) {
            Thread.sleep(100);
        }
        assertThat(attempt.isRunning()).isFalse();
        return attempt;
    }

    private Destinations open(String place) throws Exception {
        return OpenDestinations.run(
                OpenRequest.of(List.of(StorageLocation.of(directory.resolve(place))), StorageOptions.defaults()));
    }

    private void assertNowhere(String secret) throws Exception {
        for (Path root : List.of(Jenkins.get().getRootDir().toPath(), directory)) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)
                                    .contains(secret))
                            .as(file.toString())
                            .isFalse();
                }
            }
        }
    }
}
