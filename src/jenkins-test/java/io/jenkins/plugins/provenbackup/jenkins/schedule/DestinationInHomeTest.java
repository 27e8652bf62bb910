package io.jenkins.plugins.provenbackup.jenkins.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import io.jenkins.plugins.provenbackup.jenkins.results.BackupReport;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A home that holds its own destination is backed up without it, and people are told. */
@WithJenkins
@Timeout(300)
class DestinationInHomeTest {

    @Test
    void aDestinationInTheHomeIsNoPartOfTheBackup(JenkinsRule jenkins) throws Exception {
        ProtectedHome home =
                ProtectedHome.at(jenkins.jenkins.getRootDir().toPath().resolve("backups"));
        BackupPolicy policy = home.policy("nightly");
        ProvenBackupConfiguration.get().setPolicies(List.of(policy));

        for (int i = 0; i < 2; i++) {
            PolicyRun run = PolicySchedules.get().begin(policy, RunKind.BACKUP);
            for (int waited = 0; waited < 1200 && PolicySchedules.get().isRunning(); waited++) {
                Thread.sleep(100);
            }
            assertThat(run.getResult()).as(run.getProblem()).isEqualTo(RunResult.SUCCESS);
            assertThat(((BackupReport) run.getReports().get(0)).getWarnings())
                    .contains("'backups' is left out: this backup is stored there");
            assertThat(PolicyRuns.get().log(run)).content().contains("'backups' is left out");
        }

        assertThat(home.site().snapshots())
                .hasSize(2)
                .allSatisfy(one ->
                        assertThat(one.manifest().totals().markedExcluded()).isEqualTo(1));
    }
}
