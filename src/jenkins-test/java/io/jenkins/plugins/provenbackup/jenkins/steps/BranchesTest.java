package io.jenkins.plugins.provenbackup.jenkins.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupDestination;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jenkins.branch.BranchSource;
import jenkins.scm.impl.SingleSCMSource;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.SingleFileSCM;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Scripts come from others, in branches and in replays: what counts is the job. */
@WithJenkins
@Timeout(300)
class BranchesTest {

    @TempDir
    private Path temp;

    private JenkinsRule jenkins;
    private BackupSite site;

    @BeforeEach
    void aSite(JenkinsRule rule) throws Exception {
        jenkins = rule;
        site = BackupSite.at(temp.resolve("nas"));
    }

    @Test
    void aBranchIsAJobOfItsOwnAndNoWildcardMeansIt() throws Exception {
        allow("web/*\nweb/main");
        WorkflowMultiBranchProject web = jenkins.createProject(WorkflowMultiBranchProject.class, "web");
        for (String branch : List.of("main", "pr-1")) {
            SingleFileSCM scm = new SingleFileSCM(
                    "Jenkinsfile",
                    "node { writeFile file: 'd/a', text: 'a'; backup source: 'd', destinations: 'nas' }");
            SingleSCMSource source = new SingleSCMSource(branch, scm);
            source.setId(branch);
            web.getSourcesList().add(new BranchSource(source));
        }
        web.scheduleBuild2(0).getFuture().get();
        jenkins.waitUntilNoActivity();

        WorkflowRun main = web.getItem("main").getLastBuild();
        WorkflowRun request = web.getItem("pr-1").getLastBuild();

        jenkins.assertBuildStatus(Result.SUCCESS, main);
        jenkins.assertBuildStatus(Result.FAILURE, request);
        jenkins.assertLogContains("The job 'web/pr-1' may not use the destination 'nas'", request);
        assertThat(site.snapshots())
                .extracting(Snapshot::manifest)
                .extracting(manifest -> manifest.source())
                .containsExactly("web/main:d");
    }

    @Test
    void aReplayGainsNothing() throws Exception {
        WorkflowJob other = jenkins.createProject(WorkflowJob.class, "other");
        other.setDefinition(new CpsFlowDefinition(
                "node { writeFile file: 'a', text: 'of another job'; backup destinations: 'nas' }", true));
        jenkins.buildAndAssertSuccess(other);
        String id = site.snapshots().get(0).id().hex();
        WorkflowRun first = PipelineStepsTest.run(jenkins, Result.SUCCESS, "node { echo 'nothing' }");

        WorkflowRun reading = replay(first, "node { restore from: 'nas', to: 'x', snapshot: '" + id + "' }");
        jenkins.assertLogContains("no snapshot", reading);

        allow("other");
        WorkflowRun writing = replay(first, "node { backup destinations: 'nas' }");
        jenkins.assertLogContains("The job 'p' may not use the destination 'nas'", writing);
        assertThat(site.snapshots()).hasSize(1);
    }

    private WorkflowRun replay(WorkflowRun run, String script) throws Exception {
        WorkflowRun replayed = (WorkflowRun)
                run.getAction(ReplayAction.class).run(script, Map.of()).get();
        assertThat(replayed.getNumber()).isGreaterThan(run.getNumber());
        return jenkins.assertBuildStatus(Result.FAILURE, replayed);
    }

    private void allow(String jobs) {
        BackupDestination destination =
                BackupSite.destination("nas", temp.resolve("nas").toString());
        destination.setAllowedJobs(jobs);
        ProvenBackupConfiguration.get().setDestinations(List.of(destination));
    }
}
