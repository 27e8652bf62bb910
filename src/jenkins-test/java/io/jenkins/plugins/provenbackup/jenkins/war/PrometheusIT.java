package io.jenkins.plugins.provenbackup.jenkins.war;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metrics in a real Jenkins, where the library for them belongs to the Prometheus plugin. */
class PrometheusIT {

    @TempDir
    private Path folder;

    @Test
    void thatPluginServesOurs() throws Exception {
        try (RunningJenkins jenkins = RunningJenkins.at(folder.resolve("home"))
                .withPlugins("proven-backup", "prometheus")
                .start()) {
            assertThat(jenkins.script("""
                            def ours = Jenkins.get().pluginManager.getPlugin('proven-backup').classLoader
                            def root = 'io.jenkins.plugins.provenbackup.jenkins.configuration.'
                            def policy = ours.loadClass(root + 'BackupPolicy').newInstance('shop')
                            Jenkins.get().getDescriptor(ours.loadClass(root + 'ProvenBackupConfiguration'))
                                    .policies = [policy]
                            println 'configured'
                            """)).isEqualToIgnoringWhitespace("configured");
            String served = "";
            for (int i = 0; i < 60 && !served.contains("proven_backup"); i++) {
                Thread.sleep(500);
                jenkins.script("""
                        Jenkins.get().pluginManager.uberClassLoader
                                .loadClass('org.jenkinsci.plugins.prometheus.service.DefaultPrometheusMetrics')
                                .get().collectMetrics()
                        """);
                served = jenkins.get("prometheus/").body();
            }
            assertThat(served.lines()).as(jenkins.log()).contains("proven_backup_open_alerts{policy=\"shop\",} 0.0");
        }
    }
}
