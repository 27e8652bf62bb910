package io.jenkins.plugins.provenbackup.jenkins.home;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.jenkins.war.RunningJenkins;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A policy with jenkinsHome on a real Jenkins: backed up, restored, and booted by steps of a Pipeline. */
class HomePolicyIT {

    @TempDir
    private static Path folder;

    private static RunningJenkins jenkins;

    @BeforeAll
    static void aJenkinsWithAPolicy() throws Exception {
        Path repository = folder.resolve("repository");
        Path key = folder.resolve("backup.key");
        CommandLine commandLine = new CommandLine(folder);
        commandLine.provenBackup("init", "-r", repository.toString());
        commandLine.provenBackup("key", "export-backup-key", "-r", repository.toString(), key.toString());
        jenkins = RunningJenkins.at(Files.createDirectory(folder.resolve("home")))
                .withPlugins("proven-backup", "workflow-job", "workflow-cps", "workflow-basic-steps")
                .start();
        String done = jenkins.script("""
                import com.cloudbees.plugins.credentials.*
                import com.cloudbees.plugins.credentials.domains.Domain
                import io.jenkins.plugins.provenbackup.jenkins.configuration.*
                import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl
                import hudson.util.Secret
                def store = SystemCredentialsProvider.instance.store
                store.addCredentials(Domain.global(), new StringCredentialsImpl(
                    CredentialsScope.SYSTEM, 'backup-key', '', Secret.fromString(new File('%s').text)))
                store.addCredentials(Domain.global(), new StringCredentialsImpl(
                    CredentialsScope.SYSTEM, 'recovery', '', Secret.fromString('correct horse')))
                def keys = new RepositoryKeys('main', 'backup-key')
                keys.recoveryCredentialsId = 'recovery'
                def nas = new BackupDestination('nas', '%s')
                nas.keys = 'main'
                nas.allowedJobs = '**'
                def home = new JenkinsHomeSource()
                home.userContent = false
                def policy = new BackupPolicy('jenkins-home')
                policy.sources = [home]
                policy.destinations = [new PolicyDestination('nas')]
                policy.allowedJobs = 'home'
                policy.restoringJobs = 'home'
                def configuration = ProvenBackupConfiguration.get()
                configuration.keys = [keys]
                configuration.destinations = [nas]
                configuration.policies = [policy]
                println 'configured'
                """.formatted(key, repository));
        assertThat(done).isEqualToIgnoringWhitespace("configured");
    }

    @AfterAll
    static void stop() {
        jenkins.close();
    }

    @Test
    void isBackedUpRestoredAndBooted() throws Exception {
        String log = run("""
                def s = backup policy: 'jenkins-home'
                echo "source=${s.source} inProgress=${s.inProgress}"
                def t = verifyRestore(policy: 'jenkins-home', boot: true) { echo 'in the body' }
                echo "checks=${t.checks.collect { it.name + ':' + it.passed }} passed=${t.passed}"
                """);

        assertThat(log)
                .contains("source=jenkins-home/jenkinsHome inProgress=1")
                .contains("Jenkins 2.541.3 was ready after")
                .contains("in the body")
                .contains("checks=[boot:true, body:true] passed=true")
                .contains("Finished: SUCCESS")
                .doesNotContain("not cut off");
        assertThat(jenkins.home().resolve("proven-backup/scratch")).isEmptyDirectory();
        assertThat(ProcessHandle.current().descendants())
                .noneMatch(process -> process.info().commandLine().orElse("").contains(BootGuard.class.getName()));
    }

    @Test
    void isDrilledByOneArgument() throws Exception {
        String log = run("""
                backup policy: 'jenkins-home'
                def d = verifyRestore(policy: 'jenkins-home', drill: true) { echo 'in the body' }
                echo "checks=${d.tests[0].checks.collect { it.name + ':' + it.passed }} passed=${d.passed} by=${d.destination}"
                """);

        assertThat(log)
                .contains("recovery drill: everything is restored from nas. It is the only destination.")
                .contains("was ready after")
                .contains("checks=[boot:true, body:true] passed=true by=nas")
                .contains("The recovery drill of jenkins-home passed")
                .contains("Finished: SUCCESS");
        assertThat(jenkins.home().resolve("proven-backup/scratch")).isEmptyDirectory();
    }

    private static String run(String script) throws Exception {
        return jenkins.script("""
                import org.jenkinsci.plugins.workflow.job.WorkflowJob
                import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition
                def job = Jenkins.get().getItem('home') ?: Jenkins.get().createProject(WorkflowJob, 'home')
                job.definition = new CpsFlowDefinition('''%s''', true)
                def run = job.scheduleBuild2(0).get()
                println run.log
                """.formatted(script.replace("'", "\\'")));
    }
}
