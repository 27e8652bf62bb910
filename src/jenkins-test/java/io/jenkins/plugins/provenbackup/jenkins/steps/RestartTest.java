package io.jenkins.plugins.provenbackup.jenkins.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.provenbackup.engine.crypto.KeyFile;
import io.jenkins.plugins.provenbackup.engine.crypto.RecoveryKey;
import io.jenkins.plugins.provenbackup.engine.crypto.SourceKey;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import io.jenkins.plugins.provenbackup.jenkins.metrics.BackupMetricsAction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The controller restarts in the middle: steps go on, nothing is made twice, and no secret was written. */
@Timeout(300)
class RestartTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    @TempDir
    private Path temp;

    @Test
    void aBackupGoesOnAfterARestartAndMakesOneSnapshot() throws Throwable {
        try (SshServer server = SshServer.start(temp.resolve("ssh"))) {
            List<String> secrets = new ArrayList<>();
            sessions.then(jenkins -> {
                BackupSite site = BackupSite.at(List.of(server.location(temp.resolve("nas"))), server::options);
                ProvenBackupConfiguration.get()
                        .setDestinations(List.of(server.destination("nas", temp.resolve("nas"))));
                secrets.addAll(secrets(site, server));
                agents.createAgent(jenkins, "agent");
                WorkflowRun run = start(jenkins, """
                    node('agent') {
                        sh 'head -c 15000000 /dev/urandom > noise'
                        def s = backup destinations: 'nas', limitUpload: '1M'
                        echo "made ${s.id}"
                    }
                    """);
                jenkins.waitForMessage("backing up", run);
                while (AgentStepsTest.namesBelow(temp.resolve("nas/runs")).isEmpty()) {
                    Thread.sleep(100);
                }
                Thread.sleep(3000);
            });
            Path jobs = sessions.getHome().toPath().resolve("jobs");
            assertThat(assertNoSecretIn(jobs, secrets))
                    .anyMatch(file -> file.endsWith("program.dat"))
                    .anyMatch(file -> file.endsWith("build.xml"))
                    .anyMatch(file -> file.toString().contains("workflow"));
            sessions.then(jenkins -> {
                WorkflowRun run = jenkins.jenkins
                        .getItemByFullName("p", WorkflowJob.class)
                        .getBuildByNumber(1);
                jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
                jenkins.assertLogContains("going on with the backup", run);
                BackupSite site = BackupSite.existing(List.of(server.location(temp.resolve("nas"))), server::options);
                assertThat(site.snapshots()).hasSize(1);
                jenkins.assertLogContains("made " + site.snapshots().get(0).id().hex(), run);
            });
            assertThat(assertNoSecretIn(jobs, secrets)).anyMatch(file -> file.endsWith("build.xml"));
        }
    }

    /** On the controller itself the first attempt ends by itself here, and the second finds what it made. */
    @Test
    void anAttemptThatFinishedUnseenIsNotRepeated() throws Throwable {
        sessions.then(jenkins -> {
            BackupSite.at(temp.resolve("nas"));
            WorkflowRun run = start(jenkins, """
                node {
                    sh 'head -c 8000000 /dev/urandom > noise'
                    def s = backup destinations: 'nas', limitUpload: '1M'
                    echo "made ${s.id} ${s.files} ${s.bytes}"
                }
                """);
            jenkins.waitForMessage("backing up", run);
            while (AgentStepsTest.namesBelow(temp.resolve("nas/runs")).isEmpty()) {
                Thread.sleep(100);
            }
            Thread.sleep(1000);
        });
        sessions.then(jenkins -> {
            WorkflowRun run =
                    jenkins.jenkins.getItemByFullName("p", WorkflowJob.class).getBuildByNumber(1);
            jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
            BackupSite site = BackupSite.existing(List.of(temp.resolve("nas").toString()), options -> options);
            assertThat(site.snapshots()).hasSize(1);
            jenkins.assertLogContains("made " + site.snapshots().get(0).id().hex() + " 1 8000000", run);
            assertThat(run.getAction(BackupMetricsAction.class).getReports()).hasSize(1);
        });
        sessions.then(jenkins -> {
            WorkflowRun run =
                    jenkins.jenkins.getItemByFullName("p", WorkflowJob.class).getBuildByNumber(1);
            assertThat(run.getAction(BackupMetricsAction.class).getReports()).hasSize(1);
        });
    }

    @Test
    void aRecoveryTestGoesOnInItsBodyAndCleansUp() throws Throwable {
        sessions.then(jenkins -> {
            BackupSite.at(temp.resolve("nas"));
            agents.createAgent(jenkins, "agent");
            WorkflowRun run = start(jenkins, """
                node('agent') {
                    writeFile file: 'data/a.txt', text: 'content'
                    backup source: 'data', destinations: 'nas'
                    def t = verifyRestore(source: 'data', from: 'nas') {
                        sh 'cat a.txt; echo waiting; until test -f "%s"; do sleep 1; done; cat a.txt'
                    }
                    echo "tested ${t.passed}"
                    sh 'ls "$WORKSPACE"@tmp | grep recovery-test || echo NOTHING LEFT'
                }
                """.formatted(temp.resolve("go-on")));
            jenkins.waitForMessage("waiting", run);
        });
        Files.writeString(temp.resolve("go-on"), "");
        sessions.then(jenkins -> {
            WorkflowRun run =
                    jenkins.jenkins.getItemByFullName("p", WorkflowJob.class).getBuildByNumber(1);
            jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("tested true", run);
            jenkins.assertLogContains("NOTHING LEFT", run);
        });
    }

    private static WorkflowRun start(JenkinsRule jenkins, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "p");
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).waitForStart();
    }

    /** Long enough pieces of everything secret that takes part. */
    private static List<String> secrets(BackupSite site, SshServer server) throws Exception {
        List<String> secrets = new ArrayList<>();
        secrets.add(BackupSite.PASSPHRASE);
        server.privateKey()
                .lines()
                .filter(line -> line.length() > 40 && !line.startsWith("--"))
                .forEach(secrets::add);
        char[] passphrase = BackupSite.PASSPHRASE.toCharArray();
        try (var destinations = site.open();
                RecoveryKey recovery = destinations.unlock(passphrase);
                var backup = recovery.backupKey();
                SourceKey source = recovery.sourceKey("p:.").orElseThrow()) {
            for (byte[] text : List.of(KeyFile.encode(backup), KeyFile.encode(source))) {
                new String(text, StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> line.length() > 40 && !line.startsWith("--"))
                        .forEach(secrets::add);
            }
        }
        assertThat(secrets).hasSizeGreaterThan(4);
        return secrets;
    }

    private static List<Path> assertNoSecretIn(Path folder, List<String> secrets) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            String content = Files.readString(file, StandardCharsets.ISO_8859_1);
            for (String secret : secrets) {
                assertThat(content).as("%s", file).doesNotContain(secret);
            }
        }
        return files;
    }
}
