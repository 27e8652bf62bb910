package io.jenkins.plugins.provenbackup.jenkins.metrics;

import io.jenkins.plugins.provenbackup.engine.charts.Tone;
import io.jenkins.plugins.provenbackup.engine.charts.TrendChart;
import io.jenkins.plugins.provenbackup.engine.charts.TrendChart.Series;
import io.jenkins.plugins.provenbackup.engine.charts.TrendChart.Shape;
import io.jenkins.plugins.provenbackup.engine.charts.Unit;
import io.jenkins.plugins.provenbackup.jenkins.results.BackupReport;
import io.jenkins.plugins.provenbackup.jenkins.results.RecoveryTestReport;
import io.jenkins.plugins.provenbackup.jenkins.results.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/** The charts of a job: from build to build, the oldest on the left. A build's backups are added up; of its tests the slowest counts. */
public final class Trends {

    private final List<BuildReports> oldestFirst = new ArrayList<>();

    /** Of builds or runs, the newest first. */
    public Trends(List<BuildReports> newestFirst) {
        newestFirst.forEach(one -> oldestFirst.add(0, one));
    }

    /** In HTML, safe as they are. */
    public List<String> figures() {
        List<TrendChart> charts = new ArrayList<>();
        if (!builds(BackupReport.class).isEmpty()) {
            charts.add(bytes());
            charts.add(durations());
        }
        if (!builds(RecoveryTestReport.class).isEmpty()) {
            charts.add(rto());
            charts.add(rpo());
        }
        return figures(charts);
    }

    /** Bytes of the backups and recovery times of the tests, as far as the job has them. */
    List<String> mainFigures() {
        List<TrendChart> charts = new ArrayList<>();
        if (!builds(BackupReport.class).isEmpty()) {
            charts.add(bytes());
        }
        if (!builds(RecoveryTestReport.class).isEmpty()) {
            charts.add(rto());
        } else if (!charts.isEmpty()) {
            charts.add(durations());
        }
        return figures(charts);
    }

    private static List<String> figures(List<TrendChart> charts) {
        List<String> figures = new ArrayList<>();
        for (TrendChart chart : charts) {
            figures.add(chart.figure("trend-" + (figures.size() + 1), ReportSection.words()));
        }
        return figures;
    }

    private TrendChart bytes() {
        List<BuildReports> builds = builds(BackupReport.class);
        return chart(
                Messages.Trend_Bytes(),
                Unit.BYTES,
                builds,
                List.of(
                        sums(Messages.Fact_BytesAdded(), Tone.FIRST, builds, BackupReport::getBytesAdded),
                        sums(Messages.Fact_BytesStored(), Tone.SECOND, builds, BackupReport::getBytesStored)));
    }

    private TrendChart durations() {
        List<BuildReports> builds = builds(BackupReport.class);
        return chart(
                Messages.Trend_Durations(),
                Unit.MILLISECONDS,
                builds,
                List.of(sums(Messages.Fact_Duration(), Tone.FIRST, builds, BackupReport::getDurationMillis)));
    }

    private TrendChart rto() {
        return against(
                Messages.Trend_Rto(), RecoveryTestReport::getRtoMillis, RecoveryTestReport::getRtoObjectiveMillis);
    }

    private TrendChart rpo() {
        return against(
                Messages.Trend_Rpo(), RecoveryTestReport::getRpoMillis, RecoveryTestReport::getRpoObjectiveMillis);
    }

    private TrendChart against(
            String title, ToLongFunction<RecoveryTestReport> measured, ToLongFunction<RecoveryTestReport> objective) {
        List<BuildReports> builds = builds(RecoveryTestReport.class);
        List<OptionalLong> values = new ArrayList<>();
        List<OptionalLong> limits = new ArrayList<>();
        for (BuildReports build : builds) {
            List<RecoveryTestReport> tests = reports(build, RecoveryTestReport.class);
            values.add(tests.stream()
                    .mapToLong(measured)
                    .map(value -> Math.max(0, value))
                    .max());
            limits.add(tests.stream()
                    .mapToLong(objective)
                    .filter(limit -> limit > 0)
                    .min());
        }
        List<Series> series = new ArrayList<>();
        series.add(new Series(Messages.Chart_Measured(), Shape.LINE, Tone.FIRST, values));
        if (limits.stream().anyMatch(OptionalLong::isPresent)) {
            series.add(new Series(Messages.Trend_Objective(), Shape.LIMIT, Tone.BAD, limits));
        }
        return chart(title, Unit.MILLISECONDS, builds, series);
    }

    private static Series sums(String name, Tone tone, List<BuildReports> builds, ToLongFunction<BackupReport> amount) {
        List<OptionalLong> values = builds.stream()
                .map(build -> OptionalLong.of(reports(build, BackupReport.class).stream()
                        .mapToLong(amount)
                        .sum()))
                .toList();
        return new Series(name, Shape.BARS, tone, values);
    }

    private static TrendChart chart(String title, Unit unit, List<BuildReports> builds, List<Series> series) {
        List<String> points =
                builds.stream().map(build -> "#" + build.getNumber()).toList();
        StringBuilder description =
                new StringBuilder(Messages.Trend_Description(points.get(0), points.get(points.size() - 1)));
        for (Series one : series) {
            one.values()
                    .get(points.size() - 1)
                    .ifPresent(value -> description.append(Messages.Trend_Newest(one.name(), unit.text(value))));
        }
        return new TrendChart(title, description.toString(), Messages.Trend_Build(), unit, points, series);
    }

    private List<BuildReports> builds(Class<? extends Report> kind) {
        return oldestFirst.stream()
                .filter(build -> !reports(build, kind).isEmpty())
                .toList();
    }

    private static <R extends Report> List<R> reports(BuildReports build, Class<R> kind) {
        return build.getReports().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }
}
