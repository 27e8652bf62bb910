package io.jenkins.plugins.provenbackup.jenkins.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import io.jenkins.plugins.provenbackup.jenkins.metrics.BackupMetricsAction;
import io.jenkins.plugins.provenbackup.jenkins.results.BackupReport;
import io.jenkins.plugins.provenbackup.jenkins.results.RecoveryTestReport;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Pipelines in the sandbox back up, restore and test recoveries. */
@WithJenkins
class PipelineStepsTest {

    @TempDir
    private Path temp;

    @Test
    void aScriptBacksUpItsWorkspaceAndReadsTheResult(JenkinsRule jenkins) throws Exception {
        BackupSite site = BackupSite.at(temp.resolve("nas"), temp.resolve("offsite"));

        WorkflowRun run = run(jenkins, Result.SUCCESS, """
            node {
                writeFile file: 'build/db/a.txt', text: 'one'
                writeFile file: 'build/db/b.tmp', text: 'left out'
                def s = backup source: 'build/db', type: 'full', destinations: ['nas', 'offsite'],
                               excludes: '**/*.tmp', minCopies: 2, tags: [app: 'shop']
                echo "id ${s.id} files ${s.files} copies ${s.copies} first ${s.destinations[0].name} ${s.complete}"
            }
            """);

        List<Snapshot> snapshots = site.snapshots();
        assertThat(snapshots).hasSize(1);
        String id = snapshots.get(0).id().hex();
        jenkins.assertLogContains("id " + id + " files 1 copies 2 first nas true", run);
        assertThat(snapshots.get(0).manifest().tags())
                .containsEntry("app", "shop")
                .containsEntry("jenkins-build", "p#1");
        assertThat(snapshots.get(0).manifest().source()).isEqualTo("p:build/db");
        assertThat(run.getAction(BackupMetricsAction.class).getReports())
                .singleElement()
                .isInstanceOfSatisfying(
                        BackupReport.class, report -> assertThat(report.getId()).isEqualTo(id));
    }

    @Test
    void whatWasBackedUpIsRestoredAndTested(JenkinsRule jenkins) throws Exception {
        BackupSite.at(temp.resolve("nas"));

        WorkflowRun run = run(jenkins, Result.SUCCESS, """
            node {
                writeFile file: 'db/orders/a.txt', text: 'an order'
                writeFile file: 'db/users/b.txt', text: 'a user'
                backup source: 'db', destinations: 'nas'
                def r = restore source: 'db', from: 'nas', to: 'restored', includes: 'orders/**'
                echo "restored ${r.files} " + readFile('restored/orders/a.txt') + fileExists('restored/users/b.txt')
                def t = verifyRestore(source: 'db', from: 'nas', rpo: '24h', rto: '30m') {
                    echo 'inside: ' + readFile('users/b.txt')
                    sh 'echo snapshot $PROVEN_BACKUP_SNAPSHOT; pwd; ls'
                }
                echo "test ${t.passed} ${t.rpoMet} ${t.rtoMet} ${t.checks[0].name} ${t.checks[0].passed}"
                echo 'afterwards ' + sh(script: 'ls "$WORKSPACE"@tmp', returnStdout: true)
            }
            """);

        jenkins.assertLogContains("restored 1 an orderfalse", run);
        jenkins.assertLogContains("inside: a user", run);
        jenkins.assertLogContains("test true true true body true", run);
        assertThat(JenkinsRule.getLog(run)).doesNotContain("afterwards recovery-test");
    }

    @Test
    void aTestNeedsNoBody(JenkinsRule jenkins) throws Exception {
        BackupSite.at(temp.resolve("nas"));

        WorkflowRun run = run(jenkins, Result.SUCCESS, """
            node {
                writeFile file: 'db/users/b.txt', text: 'a user'
                backup source: 'db', destinations: 'nas'
                def t = verifyRestore source: 'db', from: 'nas', rpo: '24h'
                echo "test ${t.passed} ${t.files} files, ${t.checks.size()} checks"
                echo 'afterwards ' + sh(script: 'ls "$WORKSPACE"@tmp', returnStdout: true)
            }
            """);

        jenkins.assertLogContains("test true 1 files, 0 checks", run);
        assertThat(JenkinsRule.getLog(run)).doesNotContain("afterwards recovery-test");
        assertThat(run.getAction(BackupMetricsAction.class).getReports())
                .last()
                .isInstanceOfSatisfying(
                        RecoveryTestReport.class,
                        report -> assertThat(report.isPassed()).isTrue());
    }

    @Test
    void aTestWithoutABodyFailsWithOneSentence(JenkinsRule jenkins) throws Exception {
        BackupSite.at(temp.resolve("nas"));

        WorkflowRun run = run(jenkins, Result.FAILURE, "node { verifyRestore source: 'never backed up', from: 'nas' }");

        jenkins.assertLogContains("ERROR: There is no snapshot at", run);
        assertThat(JenkinsRule.getLog(run)).doesNotContain("\tat ", "must be called with a body");
    }

    static WorkflowRun run(JenkinsRule jenkins, Result expected, String script) throws Exception {
        WorkflowJob job = jenkins.jenkins.getItemByFullName("p", WorkflowJob.class);
        if (job == null) {
            job = jenkins.createProject(WorkflowJob.class, "p");
        }
        job.setDefinition(new CpsFlowDefinition(script, true));
        WorkflowRun run = job.scheduleBuild2(0).get();
        return jenkins.assertBuildStatus(expected, run);
    }
}
