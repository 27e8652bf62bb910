package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import hudson.Extension;
import io.jenkins.plugins.provenbackup.jenkins.metrics.MetricLines;
import io.prometheus.client.Collector;
import io.prometheus.client.GaugeMetricFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Gives the Prometheus plugin what is served at {@code proven-backup/prometheus}, from the last looks. That plugin finds and asks
 * it; where it is not installed this class has no parent, and Jenkins passes over it without a word.
 */
@Extension(optional = true)
@SuppressWarnings("deprecation") // of 'optional', which is about classes that load without what they need
public final class PrometheusCollector extends Collector {

    private static final Logger LOGGER = Logger.getLogger(PrometheusCollector.class.getName());

    @Override
    public List<MetricFamilySamples> collect() {
        try {
            ComplianceMetrics metrics = new ComplianceMetrics();
            Standings.get().all().values().forEach(metrics::add);
            return families(metrics.metrics());
        } catch (RuntimeException e) {
            // It would take the metrics of all others away.
            LOGGER.log(Level.WARNING, "The Prometheus plugin gets nothing of Proven Backup", e);
            return List.of();
        }
    }

    static List<MetricFamilySamples> families(List<MetricLines.Metric> metrics) {
        List<MetricFamilySamples> families = new ArrayList<>();
        for (MetricLines.Metric metric : metrics) {
            GaugeMetricFamily family = new GaugeMetricFamily(
                    metric.name(), metric.help(), metric.lines().get(0).labels().names());
            metric.lines().forEach(line -> family.addMetric(line.labels().values(), Double.parseDouble(line.value())));
            families.add(family);
        }
        return families;
    }
}
