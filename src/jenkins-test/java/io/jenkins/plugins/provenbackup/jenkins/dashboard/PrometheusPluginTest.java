package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import io.jenkins.plugins.provenbackup.jenkins.configuration.PolicyDestination;
import io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration;
import io.jenkins.plugins.provenbackup.jenkins.configuration.WorkspaceSource;
import java.time.Clock;
import java.util.List;
import org.jenkinsci.plugins.prometheus.service.DefaultPrometheusMetrics;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The Prometheus plugin serves our metrics among its own. */
@WithJenkins
class PrometheusPluginTest {

    @Test
    void servesOurMetricsAtItsOwnAddress(JenkinsRule jenkins) throws Exception {
        BackupPolicy policy = new BackupPolicy("shop");
        policy.setSources(List.of(new WorkspaceSource("db")));
        policy.setDestinations(List.of(new PolicyDestination("nowhere")));
        ProvenBackupConfiguration.get().setPolicies(List.of(policy));
        PolicyWatch.get().look(policy, Clock.systemUTC());

        String served = "";
        // It takes what collectors there are a second after Jenkins started.
        for (int i = 0; i < 300 && !served.contains("proven_backup"); i++) {
            Thread.sleep(100);
            DefaultPrometheusMetrics.get().collectMetrics();
            served = jenkins.createWebClient()
                    .goTo("prometheus/", "text/plain")
                    .getWebResponse()
                    .getContentAsString();
        }

        assertThat(served.lines())
                .contains(
                        "# TYPE proven_backup_evaluation_failed gauge",
                        "proven_backup_evaluation_failed{policy=\"shop\",} 1.0",
                        "proven_backup_compliant{policy=\"shop\",} 0.0");
    }
}
