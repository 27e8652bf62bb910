package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation;
import io.jenkins.plugins.provenbackup.engine.policy.Control;
import io.jenkins.plugins.provenbackup.engine.policy.Control.Kind;
import io.jenkins.plugins.provenbackup.engine.policy.Control.Verdict;
import io.jenkins.plugins.provenbackup.jenkins.metrics.MetricLines;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.kohsuke.stapler.StaplerResponse2;

/** How policies stand, for Prometheus. Of several sources the worst counts, since labels name policies and destinations alone. */
final class ComplianceMetrics {

    private final MetricLines lines = new MetricLines();

    void add(Standing standing) {
        String policy = standing.state().history().policy();
        MetricLines.Labels labels = MetricLines.of(policy);
        lines.add(
                "compliant",
                "Whether every promise of the policy is kept",
                labels,
                standing.verdict() == Verdict.MET ? 1 : 0);
        lines.add(
                "open_alerts",
                "Alerts that are not over",
                labels,
                standing.state().memory().open().size());
        lines.add(
                "evaluation_failed",
                "Whether the policy could not be checked at all",
                labels,
                standing.state().failure().isPresent() ? 1 : 0);
        standing.state().last().ifPresent(seen -> {
            add(seen, labels);
            seen.destinations().forEach(place -> add(standing, place, MetricLines.of(policy, place.name())));
        });
    }

    private void add(Observation seen, MetricLines.Labels labels) {
        lines.add(
                "evaluation_time_seconds",
                "When the policy was last checked, since 1970",
                labels,
                seen.time().getEpochSecond());
        for (Verdict verdict : Verdict.values()) {
            lines.add(
                    "controls_" + verdict.name().toLowerCase(Locale.ROOT),
                    "Promises with that verdict",
                    labels,
                    seen.controls().stream()
                            .filter(one -> one.verdict() == verdict)
                            .count());
        }
        measure(seen, Kind.RPO, "rpo", "Age of the newest recovery point", labels);
        measure(seen, Kind.RTO, "rto", "Recovery time that was last measured", labels);
        measure(seen, Kind.RECOVERY_TEST, "recovery_test_age", "Age of the last recovery test", labels);
        measure(seen, Kind.FULL_EVERY, "full_age", "Age of the newest full snapshot", labels);
        least(seen, Kind.COPIES, "copies", "Copies of the newest recovery point, the original included", labels);
        least(seen, Kind.MEDIA, "media", "Media that these lie on", labels);
        least(seen, Kind.OFFSITE, "offsite_copies", "Copies that do not burn with the original", labels);
        least(seen, Kind.IMMUTABLE, "immutable_copies", "Copies that nobody can change", labels);
        sum(seen, one -> one.kind() == Kind.UNREADABLE, "unreadable_files", "Files that could not be read", labels);
        sum(seen, one -> one.kind() == Kind.RETENTION, "retention_deviations", "Snapshots too many or missing", labels);
        sum(seen, one -> one.kind() == Kind.DRIFT, "drift", "Deviations of what is there from what should be", labels);
        sum(seen, one -> one.kind() == Kind.REMOVED, "snapshots_removed", "Snapshots gone without forget", labels);
        lines.add(
                "recovery_points",
                "Snapshots that there are",
                labels,
                seen.sources().stream().mapToLong(one -> one.points().size()).sum());
        long failed = seen.sources().stream()
                .flatMap(one -> one.lastTest().stream())
                .filter(test -> !test.isPassed())
                .count();
        if (seen.sources().stream().anyMatch(one -> one.lastTest().isPresent())) {
            lines.add(
                    "last_recovery_test_passed",
                    "Whether the last recovery test of every source passed",
                    labels,
                    failed == 0 ? 1 : 0);
        }
    }

    private void add(Standing standing, Observation.DestinationSeen place, MetricLines.Labels labels) {
        lines.add("destination_up", "Whether the destination answered", labels, place.isReached() ? 1 : 0);
        var known = standing.state().memory().places().get(place.name());
        if (known != null) {
            lines.add(
                    "destination_answer_time_seconds",
                    "When the destination last answered, since 1970",
                    labels,
                    known.answered().getEpochSecond());
        }
        if (place.isReached()) {
            lines.add("destination_bytes", "Bytes of the repository there", labels, place.bytes());
            place.free().ifPresent(free -> lines.add("destination_free_bytes", "Room that is left", labels, free));
        }
    }

    /** The highest of several, with what was promised there. */
    private void measure(Observation seen, Kind kind, String name, String help, MetricLines.Labels labels) {
        seen.controls().stream()
                .filter(one -> one.kind() == kind)
                .flatMap(one -> one.measure().stream())
                .max(Comparator.comparingLong(Control.Measure::value))
                .ifPresent(worst -> {
                    lines.add(name + "_seconds", help, labels, worst.value());
                    lines.add(name + "_objective_seconds", "What was promised of it", labels, worst.limit());
                });
    }

    private void least(Observation seen, Kind kind, String name, String help, MetricLines.Labels labels) {
        seen.controls().stream()
                .filter(one -> one.kind() == kind)
                .flatMap(one -> one.measure().stream())
                .min(Comparator.comparingLong(Control.Measure::value))
                .ifPresent(worst -> {
                    lines.add(name, help, labels, worst.value());
                    lines.add(name + "_objective", "What was promised of it", labels, worst.limit());
                });
    }

    private void sum(Observation seen, Predicate<Control> which, String name, String help, MetricLines.Labels labels) {
        lines.add(
                name,
                help,
                labels,
                seen.controls().stream()
                        .filter(which)
                        .flatMap(one -> one.measure().stream())
                        .mapToLong(Control.Measure::value)
                        .sum());
    }

    /** All of it, for another exporter. */
    List<MetricLines.Metric> metrics() {
        return lines.metrics();
    }

    void send(StaplerResponse2 response) throws IOException {
        lines.send(response);
    }

    @Override
    public String toString() {
        return lines.toString();
    }
}
