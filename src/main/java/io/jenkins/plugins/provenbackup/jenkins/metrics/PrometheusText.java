package io.jenkins.plugins.provenbackup.jenkins.metrics;

import io.jenkins.plugins.provenbackup.jenkins.results.BackupReport;
import io.jenkins.plugins.provenbackup.jenkins.results.DestinationReport;
import io.jenkins.plugins.provenbackup.jenkins.results.RecoveryTestReport;
import io.jenkins.plugins.provenbackup.jenkins.results.Report;
import io.jenkins.plugins.provenbackup.jenkins.results.RestoreReport;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * Reports in Prometheus' text format 0.0.4. Of each kind of report and each policy the newest counts. Labels are names of policies
 * and of configured destinations alone: whatever else a build makes up must not grow the server's index.
 */
public final class PrometheusText {

    private final MetricLines lines = new MetricLines();

    private PrometheusText() {}

    /** Of reports, the oldest first. */
    public static PrometheusText of(List<? extends Report> reports) {
        Map<String, Report> newest = new TreeMap<>();
        for (Report report : reports) {
            newest.put(report.getClass().getName() + " " + report.getPolicy(), report);
        }
        PrometheusText text = new PrometheusText();
        newest.values().forEach(text::add);
        return text;
    }

    /** Answers a request with them. */
    public void send(StaplerResponse2 response) throws IOException {
        lines.send(response);
    }

    private void add(Report report) {
        if (report instanceof BackupReport backup) {
            add(backup);
        } else if (report instanceof RestoreReport restore) {
            add(restore);
        } else if (report instanceof RecoveryTestReport test) {
            add(test);
        }
    }

    private void add(BackupReport report) {
        MetricLines.Labels labels = labels(report);
        common("", "the newest backup", labels, report);
        value("files", "Regular files in the snapshot", labels, report.getFiles());
        value("source_bytes", "Sum of the sizes of all files in the snapshot", labels, report.getBytes());
        value("read_bytes", "Bytes read from the source", labels, report.getBytesRead());
        value("added_bytes", "Plain bytes that no earlier snapshot has", labels, report.getBytesAdded());
        value("stored_bytes", "What these became, compressed and encrypted", labels, report.getBytesStored());
        value("dedup_ratio", "Bytes in the snapshot for each byte added", labels, report.getDedupRatio());
        value("compression_ratio", "Bytes added for each byte stored", labels, report.getCompressionRatio());
        value("copies", "Destinations that have the snapshot", labels, report.getCopies());
        value("copies_required", "Destinations that had to have it", labels, report.getMinCopies());
        value("warnings", "Things left out or found wrong", labels, report.getWarningCount());
        for (DestinationReport one : report.getDestinations()) {
            if (!one.getName().equals(one.getLocation())) {
                MetricLines.Labels with = labels(report, one.getName());
                boolean isComplete = one.getState().equals(DestinationReport.COMPLETE);
                value("destination_complete", "Whether the destination has the snapshot", with, isComplete);
                value("destination_uploaded_bytes", "Bytes stored there", with, one.getBytesUploaded());
            }
        }
    }

    private void add(RestoreReport report) {
        MetricLines.Labels labels = labels(report);
        common("restore_", "the newest restore", labels, report);
        value("restore_files", "Files written", labels, report.getFiles());
        value("restore_written_bytes", "Content written", labels, report.getBytes());
        value("restore_failures", "Entries that could not be restored", labels, report.getFailureCount());
    }

    private void add(RecoveryTestReport report) {
        MetricLines.Labels labels = labels(report);
        common("recovery_test_", "the newest recovery test", labels, report);
        value("recovery_test_passed", "Whether everything came back and passed", labels, report.isPassed());
        value("recovery_test_errors", "Entries that differ and checks that failed", labels, report.getErrors());
        value("recovery_test_files", "Files that came back", labels, report.getFiles());
        value("recovery_test_restored_bytes", "Content that came back", labels, report.getBytes());
        seconds("rto_seconds", "Recovery time that was measured", labels, report.getRtoMillis());
        seconds("rpo_seconds", "Age of the recovery point", labels, report.getRpoMillis());
        if (report.getRtoObjectiveMillis() > 0) {
            seconds("rto_objective_seconds", "Longest recovery time", labels, report.getRtoObjectiveMillis());
        }
        if (report.getRpoObjectiveMillis() > 0) {
            seconds("rpo_objective_seconds", "Oldest recovery point", labels, report.getRpoObjectiveMillis());
        }
    }

    private void common(String kind, String which, MetricLines.Labels labels, Report report) {
        value(
                kind + "complete",
                "Whether " + which + " has everything that was asked for",
                labels,
                report.isComplete());
        seconds(kind + "start_time_seconds", "When " + which + " began, since 1970", labels, report.getStartMillis());
        seconds(kind + "duration_seconds", "How long " + which + " took", labels, report.getDurationMillis());
        value(kind + "bytes_per_second", "Throughput of " + which, labels, report.getBytesPerSecond());
    }

    private void value(String name, String help, MetricLines.Labels labels, boolean value) {
        value(name, help, labels, value ? 1 : 0);
    }

    private void value(String name, String help, MetricLines.Labels labels, long value) {
        line(name, help, labels, Long.toString(value));
    }

    private void value(String name, String help, MetricLines.Labels labels, double value) {
        line(name, help, labels, Double.toString(value));
    }

    private void seconds(String name, String help, MetricLines.Labels labels, long millis) {
        line(name, help, labels, Double.toString(millis / 1000.0));
    }

    private void line(String name, String help, MetricLines.Labels labels, String value) {
        lines.add(name, help, labels, value);
    }

    private static MetricLines.Labels labels(Report report) {
        return MetricLines.of(report.getPolicy());
    }

    private static MetricLines.Labels labels(Report report, String destination) {
        return MetricLines.of(report.getPolicy(), destination);
    }

    @Override
    public String toString() {
        return lines.toString();
    }
}
