package io.jenkins.plugins.provenbackup.jenkins.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import io.jenkins.plugins.provenbackup.jenkins.builders.BackupBuilder;
import io.jenkins.plugins.provenbackup.jenkins.builders.RestoreBuilder;
import io.jenkins.plugins.provenbackup.jenkins.builders.VerifyRestoreBuilder;
import io.jenkins.plugins.provenbackup.jenkins.metrics.BackupMetricsAction;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.SingleFileSCM;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Declarative Pipelines and freestyle projects do the same. */
@WithJenkins
class OtherBuildsTest {

    @TempDir
    private Path temp;

    @Test
    void aDeclarativePipelineBacksUpAndTests(JenkinsRule jenkins) throws Exception {
        BackupSite site = BackupSite.at(temp.resolve("nas"), temp.resolve("offsite"));

        WorkflowRun run = PipelineStepsTest.run(jenkins, Result.SUCCESS, """
            pipeline {
                agent any
                stages {
                    stage('backup') {
                        steps {
                            writeFile file: 'data/a.txt', text: 'content'
                            backup source: 'data', destinations: ['nas', 'offsite'], minCopies: 2, tags: [app: 'shop']
                        }
                    }
                    stage('test') {
                        steps {
                            verifyRestore(source: 'data', from: 'offsite', rto: '30m') {
                                sh 'grep content a.txt'
                            }
                        }
                    }
                }
            }
            """);

        assertThat(site.snapshots()).hasSize(1);
        assertThat(run.getAction(BackupMetricsAction.class).getReports()).hasSize(2);
    }

    @Test
    void aFreestyleProjectBacksUpRestoresAndTests(JenkinsRule jenkins) throws Exception {
        BackupSite site = BackupSite.at(temp.resolve("nas"));
        FreeStyleProject project = jenkins.createFreeStyleProject("free");
        BackupStep backup = new BackupStep();
        backup.setSource("data");
        backup.setDestinations("nas");
        backup.setTags("app=shop\nstage=test");
        RestoreStep restore = new RestoreStep();
        restore.setSource("data");
        restore.setFrom("nas");
        restore.setTo("restored");
        VerifyRestoreStep test = new VerifyRestoreStep();
        test.setSource("data");
        test.setFrom("nas");
        project.getBuildersList().add(new BackupBuilder(backup));
        project.getBuildersList().add(new RestoreBuilder(restore));
        project.getBuildersList().add(new VerifyRestoreBuilder(test));
        project = jenkins.configRoundtrip(project);
        project.setScm(new SingleFileSCM("data/a.txt", "content"));

        FreeStyleBuild build = jenkins.buildAndAssertSuccess(project);

        assertThat(build.getWorkspace().child("restored/a.txt").readToString()).isEqualTo("content");
        assertThat(build.getAction(BackupMetricsAction.class).getReports()).hasSize(3);
        assertThat(site.snapshots()).singleElement().satisfies(snapshot -> {
            assertThat(snapshot.manifest().source()).isEqualTo("free:data");
            assertThat(snapshot.manifest().tags()).containsEntry("stage", "test");
        });
    }

    @Test
    void aStepThatPipelinesCannotTakeForABuilder(JenkinsRule jenkins) throws Exception {
        BackupSite.at(temp.resolve("nas"));

        WorkflowRun run = PipelineStepsTest.run(
                jenkins, Result.FAILURE, "node { step([$class: 'BackupBuilder', backup: [destinations: 'nas']]) }");

        assertThat(JenkinsRule.getLog(run)).doesNotContain("[backup]");
    }
}
