package io.jenkins.plugins.provenbackup.jenkins.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Items;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The forms under Manage Jenkins, System. */
@WithJenkins
class ConfigurationFormTest {

    @Test
    void everyFieldComesBackFromTheForm(JenkinsRule jenkins) throws Exception {
        FullConfiguration.set();
        String before = xml();

        jenkins.configRoundtrip();

        assertThat(xml()).isEqualTo(before);
    }

    @Test
    void whatWasDeletedInTheFormIsGone(JenkinsRule jenkins) throws Exception {
        ProvenBackupConfiguration.get().setDestinations(List.of(new BackupDestination("disk", "/mnt/backup")));
        HtmlPage page = jenkins.createWebClient().goTo("manage/configure");
        HtmlForm form = page.getFormByName("config");
        page.getElementsByTagName("button").stream()
                .filter(button -> button.getAttribute("class").contains("repeatable-delete"))
                .filter(button -> button.isDisplayed())
                .forEach(button -> {
                    try {
                        button.click();
                    } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                });
        jenkins.submit(form);

        assertThat(ProvenBackupConfiguration.get().getDestinations()).isEmpty();
    }

    @Test
    void surviveARestart(JenkinsRule jenkins) throws Exception {
        FullConfiguration.set();
        String before = xml();

        ProvenBackupConfiguration read = new ProvenBackupConfiguration();

        assertThat(Items.XSTREAM2.toXML(
                        new ArrayList<>(List.of(read.getDestinations(), read.getKeys(), read.getPolicies()))))
                .isEqualTo(before);
    }

    @Test
    void diskHoldsNoSecretInTheClear(JenkinsRule jenkins) throws Exception {
        FullConfiguration.set();
        ProvenBackupConfiguration.get().save();

        try (Stream<Path> files = Files.walk(Jenkins.get().getRootDir().toPath())) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(one -> one.toString().endsWith(".xml"))
                    .toList()) {
                assertThat(Files.readString(file)).as(file.toString()).doesNotContain(FullConfiguration.PASSWORD);
            }
        }
    }

    @Test
    void whatDoesNotFitIsRefusedAsAWhole(JenkinsRule jenkins) throws Exception {
        FullConfiguration.set();
        ProvenBackupConfiguration.get().getPolicies().get(0).setRpo("soon");
        String before = xml();
        JenkinsRule.WebClient browser = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);

        HtmlPage answer = jenkins.submit(browser.goTo("manage/configure").getFormByName("config"));

        assertThat(answer.asNormalizedText()).contains("'soon' is no length of time");
        assertThat(xml()).isEqualTo(before);
    }

    @Test
    void onlyAnAdministratorChangesWhatAHomeDependsOn(JenkinsRule jenkins) throws Exception {
        FullConfiguration.set();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(
                        Jenkins.READ,
                        Jenkins.MANAGE,
                        io.jenkins.plugins.provenbackup.jenkins.access.BackupPermissions.CONFIGURE)
                .everywhere()
                .to("keeper"));
        JenkinsRule.WebClient browser = jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .login("keeper");
        HtmlForm form = browser.goTo("manage/configure").getFormByName("config");
        form.getInputsByName("_.location").stream()
                .filter(input -> input.getValue().startsWith("sftp://backup"))
                .forEach(input -> input.setValue("sftp://backup@elsewhere.example/srv/jenkins"));

        HtmlPage answer = jenkins.submit(form);

        assertThat(answer.asNormalizedText()).contains("Only an administrator may change policies with JENKINS_HOME");
        assertThat(ProvenBackupConfiguration.get()
                        .destination("nas")
                        .orElseThrow()
                        .getLocation())
                .isEqualTo("sftp://backup@nas.example/srv/jenkins");
    }

    @Test
    void whoMayNotConfigureSeesNothing(JenkinsRule jenkins) throws Exception {
        FullConfiguration.set();
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Jenkins.MANAGE)
                .everywhere()
                .to("manager"));

        HtmlPage page = jenkins.createWebClient().login("manager").goTo("manage/configure");

        assertThat(page.asNormalizedText()).doesNotContain("Proven Backup");
        assertThat(page.asXml()).doesNotContain("nas.example");
    }

    private static String xml() {
        ProvenBackupConfiguration now = ProvenBackupConfiguration.get();
        return Items.XSTREAM2.toXML(new ArrayList<>(List.of(now.getDestinations(), now.getKeys(), now.getPolicies())));
    }
}
