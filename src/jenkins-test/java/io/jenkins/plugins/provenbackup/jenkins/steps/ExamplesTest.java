package io.jenkins.plugins.provenbackup.jenkins.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.JenkinsHomeSource;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicyDestination;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import io.jenkins.plugins.provenbackup.jenkins.configuration.WorkspaceSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Each example of the documentation runs green as it stands. */
@WithJenkins
class ExamplesTest {

    private static final Path EXAMPLES = Path.of("docs/examples");

    @TempDir
    private Path temp;

    @Test
    void everyExampleRuns(JenkinsRule jenkins) throws Exception {
        BackupSite.at(temp.resolve("nas"), temp.resolve("offsite"));
        BackupPolicy shop = policy("shop-db");
        shop.setSources(List.of(new WorkspaceSource("db")));
        BackupPolicy home = policy("jenkins-home");
        home.setSources(List.of(new JenkinsHomeSource()));
        ProvenBackupConfiguration.get().setPolicies(List.of(shop, home));
        PipelineStepsTest.run(
                jenkins,
                Result.SUCCESS,
                "node { writeFile file: 'db/orders.csv', text: '1,9.90'; backup policy: 'shop-db' }");
        List<Path> examples;
        try (Stream<Path> all = Files.list(EXAMPLES)) {
            examples = all.filter(file -> file.toString().endsWith(".Jenkinsfile"))
                    .sorted()
                    .toList();
        }
        assertThat(examples).hasSizeGreaterThanOrEqualTo(6);
        for (Path example : examples) {
            WorkflowRun run = PipelineStepsTest.run(jenkins, Result.SUCCESS, Files.readString(example));
            assertThat(JenkinsRule.getLog(run)).as("%s", example).contains("[backup] ");
        }
    }

    private static BackupPolicy policy(String name) {
        BackupPolicy policy = new BackupPolicy(name);
        policy.setDestinations(List.of(new PolicyDestination("nas"), new PolicyDestination("offsite")));
        policy.setAllowedJobs("p");
        policy.setRestoringJobs("p");
        return policy;
    }
}
