package io.jenkins.plugins.provenbackup.jenkins.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.User;
import io.jenkins.plugins.provenbackup.jenkins.access.BackupPermissions;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupDestination;
import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicyDestination;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import io.jenkins.plugins.provenbackup.jenkins.configuration.WorkspaceSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Whoever may only configure a job reaches by no parameter what is not the job's; each refusal says what to do. */
@WithJenkins
@Timeout(300)
class ForbiddenTest {

    @TempDir
    private Path temp;

    private JenkinsRule jenkins;
    private BackupSite site;

    @BeforeEach
    void aSiteAndAnotherJobsSnapshot(JenkinsRule rule) throws Exception {
        jenkins = rule;
        site = BackupSite.at(temp.resolve("nas"));
        WorkflowJob other = jenkins.createProject(WorkflowJob.class, "other");
        other.setDefinition(new CpsFlowDefinition(
                "node { writeFile file: 'secret.txt', text: 'of another job'; backup destinations: 'nas' }", true));
        jenkins.buildAndAssertSuccess(other);
    }

    @Test
    void pathsThatLeadOutOfTheWorkspaceAreRefused() throws Exception {
        String secrets = jenkins.jenkins.getRootDir() + "/secrets";
        for (String path : List.of(secrets, "../../secrets", "a/../../x", "..")) {
            refused("node { backup source: '" + path + "', destinations: 'nas' }", "is not inside the workspace");
            refused("node { backup destinations: 'nas', excludeFile: '" + path + "' }", "workspace");
            refused("node { restore from: 'nas', to: '" + path + "' }", "workspace");
        }
        assertThat(site.snapshots()).hasSize(1);
    }

    @Test
    void linksThatLeadOutOfTheWorkspaceAreRefused() throws Exception {
        String secrets = jenkins.jenkins.getRootDir() + "/secrets";
        refused(
                "node { sh 'ln -sfn \"" + secrets + "\" link'; backup source: 'link', destinations: 'nas' }",
                "leads out of the workspace");
        Path outside = Files.createDirectories(temp.resolve("outside"));
        refused(
                "node { writeFile file: 'd/a', text: 'a'; backup source: 'd', destinations: 'nas'; sh 'ln -sfn "
                        + outside + " out'; restore source: 'd', from: 'nas', to: 'out/x' }",
                "leads out of the workspace");
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void otherJobsSnapshotsAreNotSeenByAnyName() throws Exception {
        String id = site.snapshots().get(0).id().hex();
        for (String snapshot : List.of(id, id.substring(0, 8), "latest:other:.")) {
            refused("node { restore from: 'nas', to: 'x', snapshot: '" + snapshot + "' }", "no snapshot");
            refused("node { verifyRestore(from: 'nas', snapshot: '" + snapshot + "') { } }", "no snapshot");
        }
        for (String source : List.of("../other", "other:.", "!other")) {
            refused("node { restore from: 'nas', to: 'x', source: '" + source + "' }", "");
        }
    }

    @Test
    void localUrisAreRefused() throws Exception {
        refused(
                "node { backup destinations: 'file:" + temp.resolve("nas") + "', keys: 'main' }",
                "cannot name the path");
        refused("node { restore from: 'file:" + temp.resolve("nas") + "', keys: 'main' }", "cannot name the path");
        refused("node { backup location: 'file:/etc', destinations: 'nas' }", "cannot name the path");
    }

    @Test
    void destinationsAndPoliciesAreForThoseWhomTheyList() throws Exception {
        BackupDestination closed =
                BackupSite.destination("closed", temp.resolve("nas").toString());
        closed.setAllowedJobs("");
        BackupPolicy policy = new BackupPolicy("shop");
        policy.setSources(List.of(new WorkspaceSource("db")));
        policy.setDestinations(List.of(new PolicyDestination("closed")));
        policy.setAllowedJobs("other");
        policy.setRestoringJobs("");
        ProvenBackupConfiguration.get().setDestinations(List.of(closed));
        ProvenBackupConfiguration.get().setPolicies(List.of(policy));

        refused("node { backup destinations: 'closed' }", "may not use the destination 'closed'");
        refused("node { backup policy: 'shop' }", "may not use the policy 'shop'");
        refused("node { restore policy: 'shop' }", "may not restore from the policy 'shop'");
        refused("node { backup policy: 'none' }", "There is no policy 'none'");

        policy.setAllowedJobs("p");
        policy.setRestoringJobs("p");
        ProvenBackupConfiguration.get().setPolicies(List.of(policy));
        PipelineStepsTest.run(jenkins, Result.SUCCESS, """
            node {
                writeFile file: 'db/a.txt', text: 'one'
                def s = backup policy: 'shop'
                echo s.source
                restore policy: 'shop', to: 'again'
            }
            """);
        assertThat(site.snapshots()).anyMatch(one -> one.manifest().source().equals("shop"));
    }

    @Test
    void whoeverTheBuildRunsAsNeedsThePermission() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE, Item.BUILD, Computer.BUILD)
                .everywhere()
                .to("developer")
                .grant(Jenkins.READ, Item.READ, Item.BUILD, Computer.BUILD, BackupPermissions.RUN)
                .everywhere()
                .to("operator"));
        runAs("developer");
        refused("node { backup destinations: 'nas' }", "lacks the permission");
        runAs("operator");
        PipelineStepsTest.run(jenkins, Result.SUCCESS, "node { backup destinations: 'nas' }");
        refused("node { restore from: 'nas', to: 'x' }", "lacks the permission");
    }

    private void runAs(String user) {
        var authenticators = QueueItemAuthenticatorConfiguration.get().getAuthenticators();
        authenticators.clear();
        authenticators.add(new MockQueueItemAuthenticator()
                .authenticate("p", User.getById(user, true).impersonate2()));
    }

    private void refused(String script, String message) throws Exception {
        WorkflowRun run = PipelineStepsTest.run(jenkins, Result.FAILURE, script);
        assertThat(JenkinsRule.getLog(run)).contains(message);
    }
}
