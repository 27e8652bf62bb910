package io.jenkins.plugins.provenbackup.jenkins.war;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Agents in processes of their own run the engine: the plugin's classes and libraries come to them over Remoting, and what they
 * send back passes the class filter.
 */
@Timeout(600)
class AgentIT {

    private static final Duration BUILD_LIMIT = Duration.ofMinutes(3);

    /** A repository at a directory, its keys as credentials, and a destination that every job may use. */
    private static final String CONFIGURE = """
            import com.cloudbees.plugins.credentials.*
            import hudson.util.Secret
            import io.jenkins.plugins.provenbackup.engine.*
            import io.jenkins.plugins.provenbackup.engine.crypto.KeyFile
            import io.jenkins.plugins.provenbackup.engine.keys.*
            import io.jenkins.plugins.provenbackup.engine.storage.*
            import io.jenkins.plugins.provenbackup.jenkins.configuration.*
            import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl

            def secret(id, text) {
                def provider = SystemCredentialsProvider.instance
                provider.credentials.add(new StringCredentialsImpl(CredentialsScope.SYSTEM, id, '', Secret.fromString(text)))
                provider.save()
            }
            def passphrase = 'correct horse battery staple'
            def place = OpenRequest.of([StorageLocation.parse('%1$s')], StorageOptions.defaults())
            Init.run(new InitRequest(place.withMode(OpenMode.CREATE), passphrase.toCharArray(), 'test'), java.time.Clock.systemUTC())
            def destinations = OpenDestinations.run(place)
            def recovery = destinations.unlock(passphrase.toCharArray())
            secret('backup-key', new String(KeyFile.encode(recovery.backupKey()), 'UTF-8'))
            secret('recovery', passphrase)
            recovery.close()
            destinations.close()
            def keys = new RepositoryKeys('main', 'backup-key')
            keys.recoveryCredentialsId = 'recovery'
            def destination = new BackupDestination('nas', '%1$s')
            destination.keys = 'main'
            destination.allowedJobs = '**'
            ProvenBackupConfiguration.get().setKeys([keys])
            ProvenBackupConfiguration.get().setDestinations([destination])
            print 'configured'
            """;

    private static final String PIPELINE = """
            node('%1$s') {
                sh 'rm -rf data again && mkdir -p data && seq 200000 > data/numbers && head -c 300000 /dev/urandom > data/noise'
                def stored = backup source: 'data', destinations: ['nas']
                echo "stored ${stored.files} files"
                def report = restore source: 'data', from: 'nas', to: 'again'
                sh 'diff -r data again && echo THE SAME'
            }
            """;

    @TempDir
    static Path folder;

    private static RunningJenkins jenkins;

    @BeforeAll
    static void start() throws Exception {
        jenkins = RunningJenkins.at(folder.resolve("home"))
                .withPlugins(
                        "proven-backup",
                        "bouncycastle-api",
                        "instance-identity",
                        "workflow-cps",
                        "workflow-job",
                        "workflow-basic-steps",
                        "workflow-durable-task-step")
                .start();
        assertThat(jenkins.script(CONFIGURE.formatted(folder.resolve("nas")))).isEqualTo("configured");
    }

    @AfterAll
    static void stop() {
        if (jenkins != null) {
            jenkins.close();
        }
    }

    @Test
    void backsUpAndRestoresWithNativeZstd() throws Exception {
        try (RunningAgent agent = jenkins.startAgent("native", folder.resolve("native"))) {
            assertThat(build("native")).contains("stored 2 files", "THE SAME", "Finished: SUCCESS");
            assertThat(librariesOf(agent)).contains("libzstd-jni");
        }
        assertThat(jenkins.log()).doesNotContain("class-filter", "Rejected: ", "LinkageError", "NoClassDefFoundError");
    }

    @Test
    void backsUpAndRestoresWhereTheNativeLibraryDoesNotLoad() throws Exception {
        try (RunningAgent agent =
                jenkins.startAgent("pure", folder.resolve("pure"), "-DZstdNativePath=/nowhere/libzstd-jni.so")) {
            assertThat(build("pure")).contains("stored 2 files", "THE SAME", "Finished: SUCCESS");
            assertThat(librariesOf(agent)).doesNotContain("libzstd-jni");
        }
    }

    private static String librariesOf(RunningAgent agent) throws Exception {
        return Files.readString(Path.of("/proc/" + agent.handle().pid() + "/maps"));
    }

    /** Runs a Pipeline of this name on the agent of this name, and returns its log. */
    private static String build(String name) throws Exception {
        jenkins.script("""
                import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition
                import org.jenkinsci.plugins.workflow.job.WorkflowJob
                def job = Jenkins.get().createProject(WorkflowJob, '%1$s')
                job.definition = new CpsFlowDefinition('''%2$s''', true)
                job.save()
                job.scheduleBuild2(0)
                """.formatted(name, PIPELINE.formatted(name).replace("$", "\\$")));
        Instant limit = Instant.now().plus(BUILD_LIMIT);
        String log = "";
        while (Instant.now().isBefore(limit) && !log.contains("\nFinished: ")) {
            Thread.sleep(500);
            HttpResponse<String> response = jenkins.get("job/" + name + "/1/consoleText");
            log = response.statusCode() == 200 ? response.body() : "";
        }
        return log;
    }
}
