package io.jenkins.plugins.provenbackup.jenkins.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.JenkinsHomeSource;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicyDestination;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import io.jenkins.plugins.provenbackup.jenkins.steps.BackupSite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Jenkins ends while a policy runs: the run ends, its record stays, and the next session makes it good. */
@Timeout(300)
class CutOffRunsTest {

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path temp;

    @Test
    void runIsEndedWithJenkinsAndMadeGoodOnceAfterwards() throws Throwable {
        sessions.then(jenkins -> {
            BackupSite.at(temp.resolve("nas"));
            BackupPolicy policy = new BackupPolicy("nightly");
            policy.setSources(List.of(new JenkinsHomeSource()));
            policy.setDestinations(List.of(new PolicyDestination("nas")));
            policy.setSchedule("* * * * *");
            ProvenBackupConfiguration.get().setPolicies(List.of(policy));
            Random random = new Random(1);
            byte[] noise = new byte[1 << 20];
            Path folder = Files.createDirectories(
                    jenkins.jenkins.getRootDir().toPath().resolve("userContent"));
            for (int i = 0; i < 400; i++) {
                random.nextBytes(noise);
                Files.write(folder.resolve("noise-" + i), noise);
            }
            PolicySchedules.get().look(Instant.now());
            PolicySchedules.get().look(Instant.now().plusSeconds(60));
            assertThat(PolicyRuns.get().of("nightly").get(0).isRunning()).isTrue();
        });
        sessions.then(jenkins -> {
            PolicyRun cutOff = PolicyRuns.get().find("nightly", 1).orElseThrow();
            assertThat(cutOff.getResult()).isEqualTo(RunResult.STOPPED);
            assertThat(cutOff.getProblem()).isEqualTo("Jenkins was shut down");

            PolicySchedules.get().look(Instant.now());
            for (int i = 0; i < 1200 && PolicySchedules.get().isRunning(); i++) {
                Thread.sleep(100);
            }
            PolicyRun good = PolicyRuns.get().find("nightly", 2).orElseThrow();
            assertThat(good.getCause()).isEqualTo(RunCause.CAUGHT_UP);
            assertThat(good.getResult()).as(good.getProblem()).isEqualTo(RunResult.SUCCESS);
            assertThat(good.getReports()).hasSize(1);
        });
        sessions.then(jenkins -> {
            PolicyRun kept = PolicyRuns.get().find("nightly", 2).orElseThrow();
            assertThat(kept.getReports().get(0).getBytesPerSecond()).isPositive();
            assertThat(kept.getRetention()).hasSize(1);
        });
    }
}
