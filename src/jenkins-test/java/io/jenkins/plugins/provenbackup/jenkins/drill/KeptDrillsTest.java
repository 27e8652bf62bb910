package io.jenkins.plugins.provenbackup.jenkins.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicyDestination;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import io.jenkins.plugins.provenbackup.jenkins.configuration.WorkspaceSource;
import io.jenkins.plugins.provenbackup.jenkins.results.DrillReport;
import io.jenkins.plugins.provenbackup.jenkins.steps.BackupSite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Jenkins restarts: a drill that was under way goes on, and what drills found is still there. */
@Timeout(300)
class KeptDrillsTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    @TempDir
    private Path temp;

    @Test
    void aDrillGoesOnAfterARestartAndItsReportOutlivesTheBuild() throws Throwable {
        sessions.then(jenkins -> {
            BackupSite.at(temp.resolve("nas"));
            ProvenBackupConfiguration.get().setPolicies(List.of(shop()));
            agents.createAgent(jenkins, "agent");
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "p");
            job.setDefinition(new CpsFlowDefinition("""
                    node('agent') {
                        writeFile file: 'db/a.txt', text: 'one'
                        writeFile file: 'uploads/b.txt', text: 'two'
                        backup policy: 'shop'
                        def d = verifyRestore(policy: 'shop', drill: true) {
                            sh 'echo in $PROVEN_BACKUP_SOURCE; until test -f "%s"; do sleep 1; done; cat *'
                        }
                        echo "drill ${d.passed}, ${d.tests.size()} tests"
                    }
                    """.formatted(temp.resolve("go-on")), true));
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("in shop/db", run);
        });
        Files.writeString(temp.resolve("go-on"), "");
        sessions.then(jenkins -> {
            WorkflowRun run =
                    jenkins.jenkins.getItemByFullName("p", WorkflowJob.class).getBuildByNumber(1);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("in shop/uploads", run);
            jenkins.assertLogContains("drill true, 2 tests", run);
        });
        sessions.then(jenkins -> {
            jenkins.jenkins.getItemByFullName("p", WorkflowJob.class).delete();
            DrillReport kept = Drills.get().of("shop").get(0);
            assertThat(kept.getTests()).hasSize(2);
            assertThat(kept.getTests().get(1).getChecks().get(0).getName()).isEqualTo("body");
            assertThat(kept.getSteps())
                    .extracting(step -> step.getName())
                    .contains("look at the destinations", "check: body");
            JenkinsRule.WebClient browser = jenkins.createWebClient();
            assertThat(browser.goTo(Drills.urlOf(kept)).asNormalizedText())
                    .contains("Recovery drill shop #1", "passed");
        });
    }

    private static BackupPolicy shop() {
        WorkspaceSource db = new WorkspaceSource("db");
        db.setName("db");
        WorkspaceSource uploads = new WorkspaceSource("uploads");
        uploads.setName("uploads");
        BackupPolicy shop = new BackupPolicy("shop");
        shop.setSources(List.of(db, uploads));
        shop.setDestinations(List.of(new PolicyDestination("nas")));
        shop.setAllowedJobs("p");
        shop.setRestoringJobs("p");
        return shop;
    }
}
