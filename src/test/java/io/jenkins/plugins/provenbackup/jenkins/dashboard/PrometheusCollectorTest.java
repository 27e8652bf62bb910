package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the Prometheus plugin gets is what our own address serves. */
class PrometheusCollectorTest {

    @Test
    void saysTheSameAsOurText() {
        ComplianceMetrics metrics = new ComplianceMetrics();
        metrics.add(SampleStanding.of("shop \"db\"", 0));
        metrics.add(SampleStanding.of("home", 2));
        CollectorRegistry registry = new CollectorRegistry();
        registry.register(new Collector() {
            @Override
            public List<MetricFamilySamples> collect() {
                return PrometheusCollector.families(metrics.metrics());
            }
        });

        List<String> lines = new ArrayList<>();
        for (Collector.MetricFamilySamples family : Collections.list(registry.metricFamilySamples())) {
            assertThat(family.type).isEqualTo(Collector.Type.GAUGE);
            lines.add("# HELP " + family.name + " " + family.help);
            lines.add("# TYPE " + family.name + " gauge");
            family.samples.forEach(sample -> lines.add(line(sample)));
        }

        assertThat(lines).containsExactlyElementsOf(metrics.toString().lines().toList());
        assertThat(lines)
                .contains(
                        "proven_backup_rpo_seconds{policy=\"shop \\\"db\\\"\"} 90000",
                        "proven_backup_copies{policy=\"home\"} 1",
                        "proven_backup_destination_up{policy=\"home\",destination=\"vault\"} 0",
                        "proven_backup_last_recovery_test_passed{policy=\"home\"} 0",
                        "proven_backup_last_recovery_test_passed{policy=\"shop \\\"db\\\"\"} 1");
    }

    private static String line(Collector.MetricFamilySamples.Sample sample) {
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < sample.labelNames.size(); i++) {
            labels.add(
                    sample.labelNames.get(i) + "=\"" + sample.labelValues.get(i).replace("\"", "\\\"") + "\"");
        }
        return sample.name + "{" + String.join(",", labels) + "} " + (long) sample.value;
    }
}
