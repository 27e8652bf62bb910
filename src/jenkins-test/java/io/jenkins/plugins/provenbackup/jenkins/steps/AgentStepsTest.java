package io.jenkins.plugins.provenbackup.jenkins.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** An agent in another process backs up its own workspace, straight to an SFTP server. */
@WithJenkins
@Timeout(300)
class AgentStepsTest {

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    @TempDir
    private Path temp;

    @Test
    void backsUpRestoresAndTestsOnTheAgent(JenkinsRule jenkins) throws Exception {
        try (SshServer server = SshServer.start(temp.resolve("ssh"))) {
            BackupSite site = site(server);
            DumbSlave agent = jenkins.createOnlineSlave();

            WorkflowRun run = PipelineStepsTest.run(jenkins, Result.SUCCESS, """
                node('%s') {
                    sh 'mkdir -p data && head -c 3000000 /dev/urandom > data/noise && ln -s noise data/link'
                    def s = backup source: 'data', destinations: ['nas']
                    echo "stored ${s.bytesStored > 3000000} ${s.symlinks}"
                    restore source: 'data', from: 'nas', to: 'again'
                    sh 'cmp data/noise again/noise && test -L again/link && echo THE SAME'
                    def t = verifyRestore(source: 'data', from: 'nas') {
                        sh 'cmp noise "$WORKSPACE/data/noise" && pwd'
                    }
                    echo "tested ${t.passed} ${t.files}"
                    sh 'ls "$WORKSPACE"@tmp | grep recovery-test || echo NOTHING LEFT'
                }
                """.formatted(agent.getNodeName()));

            jenkins.assertLogContains("stored true 1", run);
            jenkins.assertLogContains("THE SAME", run);
            jenkins.assertLogContains("tested true 1", run);
            jenkins.assertLogContains("NOTHING LEFT", run);
            Snapshot snapshot = site.snapshots().get(0);
            assertThat(snapshot.manifest().facts().roots().get(0).toString()).startsWith(agent.getRemoteFS());
            assertThat(namesBelow(temp.resolve("nas/tests"))).isNotEmpty();
        }
    }

    @Test
    void stopEndsTheEngineOnTheAgentWithinSeconds(JenkinsRule jenkins) throws Exception {
        try (SshServer server = SshServer.start(temp.resolve("ssh"))) {
            BackupSite site = site(server);
            DumbSlave agent = jenkins.createOnlineSlave();
            WorkflowRun run = start(jenkins, slow(agent.getNodeName()));
            jenkins.waitForMessage("backing up", run);
            awaitUpload();

            long begin = System.nanoTime();
            run.doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
            assertThat(JenkinsRule.getLog(run)).doesNotContain("did not say within");
            assertThat(site.snapshots()).isEmpty();
            WorkflowRun next = PipelineStepsTest.run(
                    jenkins, Result.SUCCESS, "node('" + agent.getNodeName() + "') { backup destinations: 'nas' }");
            assertThat(JenkinsRule.getLog(next)).contains("snapshot ");
            assertThat(site.snapshots()).hasSize(1);
        }
    }

    @Test
    void aLostAgentIsAnAgentErrorThatRetryUnderstands(JenkinsRule jenkins) throws Exception {
        try (SshServer server = SshServer.start(temp.resolve("ssh"))) {
            BackupSite site = site(server);
            agents.createAgent(jenkins, "lost");
            WorkflowRun run = start(jenkins, "retry(count: 3, conditions: [agent()]) {\n" + slow("lost") + "\n}");
            jenkins.waitForMessage("backing up", run);
            awaitUpload();

            agents.stop("lost");
            jenkins.waitForMessage("The connection to the agent was lost", run);
            agents.start(jenkins, "lost");

            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            assertThat(site.snapshots()).hasSize(1);
        }
    }

    private BackupSite site(SshServer server) throws Exception {
        BackupSite site = BackupSite.at(List.of(server.location(temp.resolve("nas"))), server::options);
        ProvenBackupConfiguration.get().setDestinations(List.of(server.destination("nas", temp.resolve("nas"))));
        return site;
    }

    /** About twenty seconds of upload. */
    private static String slow(String node) {
        return """
            node('%s') {
                sh 'test -f noise || head -c 20000000 /dev/urandom > noise'
                backup destinations: 'nas', limitUpload: '1M'
            }
            """.formatted(node);
    }

    private static WorkflowRun start(JenkinsRule jenkins, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "p");
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).waitForStart();
    }

    /** Waits until something lies in the destination's run folder and some of it arrived. */
    private void awaitUpload() throws Exception {
        while (namesBelow(temp.resolve("nas/runs")).isEmpty()) {
            Thread.sleep(100);
        }
        Thread.sleep(3000);
    }

    static List<String> namesBelow(Path folder) throws Exception {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).map(Path::toString).toList();
        }
    }
}
