package io.jenkins.plugins.provenbackup.jenkins.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.tasks.Builder;
import hudson.util.FormValidation;
import io.jenkins.plugins.provenbackup.jenkins.builders.BackupBuilder;
import io.jenkins.plugins.provenbackup.jenkins.builders.RestoreBuilder;
import io.jenkins.plugins.provenbackup.jenkins.builders.VerifyRestoreBuilder;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicyDestination;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The Snippet Generator's forms: every field goes in and comes out, is checked, and has help. */
@WithJenkins
class FormsTest {

    @TempDir
    private Path temp;

    @Test
    void everyFieldOfTheFormsComesBack(JenkinsRule jenkins) throws Exception {
        BackupSite.at(temp.resolve("nas"));
        BackupPolicy policy = new BackupPolicy("shop");
        policy.setDestinations(List.of(new PolicyDestination("nas")));
        ProvenBackupConfiguration.get().setPolicies(List.of(policy));
        BackupStep backup = new BackupStep();
        backup.setPolicy("shop");
        backup.setSource("build/db");
        backup.setDestinations("nas\nsftp://x.example/y");
        backup.setExcludes("*.tmp\n/cache/");
        backup.setTags("app=shop");
        backup.setType("full");
        backup.setMinCopies(1);
        backup.setCatchUp(3);
        backup.setExcludeFile("left-out");
        backup.setExcludeCaches(true);
        backup.setOneFileSystem(true);
        backup.setIgnoreInode(true);
        backup.setIgnoreCtime(true);
        backup.setLimitUpload("10M");
        backup.setOnIncomplete("FAILURE");
        backup.setKeys("main");
        backup.setDryRun(true);
        jenkins.assertEqualDataBoundBeans(
                backup, throughTheForm(jenkins, new BackupBuilder(backup)).getBackup());

        RestoreStep restore = new RestoreStep();
        restore.setPolicy("shop");
        restore.setSnapshot("1a2b3c4d");
        restore.setFrom("nas");
        restore.setTo("restored");
        restore.setIncludes("orders/**");
        restore.setOverwrite("always");
        restore.setDelete(true);
        restore.setNoOwner(true);
        restore.setLimitDownload("1M");
        restore.setDryRun(true);
        jenkins.assertEqualDataBoundBeans(
                restore, throughTheForm(jenkins, new RestoreBuilder(restore)).getRestore());

        VerifyRestoreStep test = new VerifyRestoreStep();
        test.setPolicy("shop");
        test.setRpo("24h");
        test.setRto("30m");
        test.setOnFailure("UNSTABLE");
        test.setBoot(true);
        test.setDrill(true);
        jenkins.assertEqualDataBoundBeans(
                test, throughTheForm(jenkins, new VerifyRestoreBuilder(test)).getVerifyRestore());
    }

    @SuppressWarnings("unchecked") // the form gives back what it was given
    private static <B extends Builder> B throughTheForm(JenkinsRule jenkins, B builder) throws Exception {
        FreeStyleProject project = jenkins.createFreeStyleProject();
        project.getBuildersList().add(builder);
        jenkins.configRoundtrip(project);
        return (B) project.getBuildersList().get(0);
    }

    @Test
    void snippetsNameOnlyWhatIsNotUsual(JenkinsRule jenkins) throws Exception {
        assertThat(snippet(jenkins, "'source': 'build/db', 'destinations': 'nas\\noffsite'"))
                .isEqualTo("backup destinations: ['nas', 'offsite'], source: 'build/db'");
        assertThat(snippet(jenkins, "'destinations': 'nas', 'tags': 'app=shop', 'minCopies': '1'"))
                .isEqualTo("backup destinations: 'nas', minCopies: 1, tags: [app: 'shop']");
    }

    private static String snippet(JenkinsRule jenkins, String fields) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient();
        WebRequest request =
                new WebRequest(new URL(jenkins.getURL(), "pipeline-syntax/generateSnippet"), HttpMethod.POST);
        request.setRequestParameters(List.of(new NameValuePair(
                "json",
                ("{'stapler-class': '" + BackupStep.class.getName() + "', '$class': '" + BackupStep.class.getName()
                                + "', " + fields + "}")
                        .replace('\'', '"'))));
        client.addCrumb(request);
        return client.getPage(request).getWebResponse().getContentAsString().strip();
    }

    @Test
    void listsAndMapsAreUnderstood(JenkinsRule jenkins) throws Exception {
        BackupStep step = new DescribableModel<>(BackupStep.class)
                .instantiate(
                        Map.of(
                                "destinations",
                                List.of("nas", "offsite"),
                                "tags",
                                Map.of("app", "shop"),
                                "excludes",
                                "*.tmp"),
                        null);

        assertThat(step.getDestinations()).isEqualTo("nas\noffsite");
        assertThat(step.getTags()).isEqualTo("app=shop");
    }

    @Test
    void whatMakesNoSenseIsSaid(JenkinsRule jenkins) throws Exception {
        BackupSite.at(temp.resolve("nas"));
        BackupStep.DescriptorImpl backup = jenkins.jenkins.getDescriptorByType(BackupStep.DescriptorImpl.class);
        assertThat(backup.doCheckDestinations(null, "nas\nsftp://x.example/y").kind)
                .isEqualTo(FormValidation.Kind.OK);
        assertThat(backup.doCheckDestinations(null, "nass").getMessage()).contains("no destination", "nas");
        assertThat(backup.doCheckSource(null, "../x").getMessage()).contains("not inside the workspace");
        assertThat(backup.doCheckTags(null, "app").getMessage()).contains("app=shop");
        assertThat(backup.doCheckLimitUpload(null, "fast").getMessage()).contains("no rate");
        VerifyRestoreStep.DescriptorImpl test =
                jenkins.jenkins.getDescriptorByType(VerifyRestoreStep.DescriptorImpl.class);
        assertThat(test.doCheckRpo(null, "soon").getMessage()).contains("24h");
        assertThat(test.doCheckSnapshot(null, "x").getMessage()).contains("no snapshot");
    }

    @Test
    void formsShowHelpForEveryField(JenkinsRule jenkins) throws Exception {
        for (Class<?> step : List.of(BackupStep.class, RestoreStep.class, VerifyRestoreStep.class)) {
            for (var parameter : new DescribableModel<>(step).getParameters()) {
                assertThat(parameter.getHelp())
                        .as("%s.%s", step, parameter.getName())
                        .isNotBlank();
            }
        }
        jenkins.createProject(org.jenkinsci.plugins.workflow.job.WorkflowJob.class, "p");
        HtmlPage page = jenkins.createWebClient().goTo("job/p/pipeline-syntax/");
        assertThat(page.getWebResponse().getContentAsString())
                .contains("backup: Back up files", "restore: Restore a snapshot", "verifyRestore: Prove");
    }
}
