package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import io.jenkins.plugins.provenbackup.engine.charts.CalendarChart;
import io.jenkins.plugins.provenbackup.engine.charts.CalendarChart.Mark;
import io.jenkins.plugins.provenbackup.engine.charts.Chart;
import io.jenkins.plugins.provenbackup.engine.charts.ChartWords;
import io.jenkins.plugins.provenbackup.engine.charts.Tone;
import io.jenkins.plugins.provenbackup.engine.charts.TrendChart;
import io.jenkins.plugins.provenbackup.engine.charts.TrendChart.Series;
import io.jenkins.plugins.provenbackup.engine.charts.TrendChart.Shape;
import io.jenkins.plugins.provenbackup.engine.charts.Unit;
import io.jenkins.plugins.provenbackup.engine.compliance.history.ControlKey;
import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation;
import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation.PointSeen;
import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation.SourceSeen;
import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation.TestSeen;
import io.jenkins.plugins.provenbackup.engine.compliance.history.PolicyHistory;
import io.jenkins.plugins.provenbackup.engine.policy.Control;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The charts of a policy: from its history, and from what there is. */
final class PolicyCharts {

    private static final int DAYS = 30;
    private static final int MOST_TESTS = 30;
    private static final int WEEKS = 26;
    private static final Tone[] TONES = {Tone.FIRST, Tone.SECOND, Tone.THIRD};

    private final PolicyHistory history;
    private final Observation seen;
    private final ZoneId zone;
    private final LocalDate today;

    PolicyCharts(PolicyHistory history, Observation seen, ZoneId zone) {
        this.history = history;
        this.seen = seen;
        this.zone = zone;
        this.today = seen.time().atZone(zone).toLocalDate();
    }

    /** As HTML: the age of the newest recovery point, recovery times, and bytes at the destinations. */
    List<String> trends() {
        List<Chart> charts = new ArrayList<>();
        for (SourceSeen source : seen.sources()) {
            limit(Control.Kind.RPO, source.name()).ifPresent(limit -> charts.add(rpo(source, limit)));
            if (!source.tests().isEmpty()) {
                charts.add(tests(source));
            }
        }
        charts.add(bytes());
        return figures(charts, "trend");
    }

    /** As HTML: one calendar for each source. */
    List<String> calendars() {
        return figures(seen.sources().stream().map(this::calendar).toList(), "calendar");
    }

    private static List<String> figures(List<? extends Chart> charts, String kind) {
        ChartWords words = new ChartWords(Messages.PolicyCharts_numbers(), Messages.PolicyCharts_none());
        List<String> figures = new ArrayList<>();
        for (Chart chart : charts) {
            figures.add(chart.figure(kind + "-" + (figures.size() + 1), words));
        }
        return figures;
    }

    private Chart rpo(SourceSeen source, long limit) {
        List<OptionalLong> ages = byDay(PolicyHistory.ageOf(new ControlKey(Control.Kind.RPO, source.name())), 1000);
        List<OptionalLong> limits =
                ages.stream().map(any -> OptionalLong.of(limit * 1000)).toList();
        return trend(
                Messages.PolicyCharts_rpo(source.name()),
                Unit.MILLISECONDS,
                Messages.PolicyCharts_day(),
                days(),
                List.of(
                        new Series(Messages.PolicyCharts_oldest(), Shape.LINE, Tone.FIRST, ages),
                        new Series(Messages.PolicyCharts_objective(), Shape.LIMIT, Tone.BAD, limits)));
    }

    private Chart tests(SourceSeen source) {
        List<TestSeen> tests = source.tests()
                .subList(
                        Math.max(0, source.tests().size() - MOST_TESTS),
                        source.tests().size());
        List<OptionalLong> passed = new ArrayList<>();
        List<OptionalLong> failed = new ArrayList<>();
        List<String> points = new ArrayList<>();
        for (TestSeen test : tests) {
            OptionalLong millis = OptionalLong.of(Math.max(0, test.duration().toMillis()));
            passed.add(test.isPassed() ? millis : OptionalLong.empty());
            failed.add(test.isPassed() ? OptionalLong.empty() : millis);
            points.add(brief(test.time().atZone(zone).toLocalDate()));
        }
        List<Series> series = new ArrayList<>();
        series.add(new Series(Messages.PolicyCharts_passed(), Shape.BARS, Tone.GOOD, passed));
        series.add(new Series(Messages.PolicyCharts_failed(), Shape.BARS, Tone.BAD, failed));
        limit(Control.Kind.RTO, source.name())
                .ifPresent(limit -> series.add(new Series(
                        Messages.PolicyCharts_objective(),
                        Shape.LIMIT,
                        Tone.BAD,
                        passed.stream()
                                .map(any -> OptionalLong.of(limit * 1000))
                                .toList())));
        return trend(
                Messages.PolicyCharts_rto(source.name()),
                Unit.MILLISECONDS,
                Messages.PolicyCharts_test(),
                points,
                series);
    }

    private Chart bytes() {
        List<Series> series = new ArrayList<>();
        for (Observation.DestinationSeen place : seen.destinations()) {
            series.add(new Series(
                    place.name(),
                    Shape.LINE,
                    TONES[series.size() % TONES.length],
                    byDay(PolicyHistory.bytesAt(place.name()), 1)));
        }
        return trend(Messages.PolicyCharts_bytes(), Unit.BYTES, Messages.PolicyCharts_day(), days(), series);
    }

    private static Chart trend(String title, Unit unit, String head, List<String> points, List<Series> series) {
        StringBuilder text = new StringBuilder(
                points.isEmpty() ? "" : Messages.PolicyCharts_span(points.get(0), points.get(points.size() - 1)));
        for (Series one : series) {
            long highest = one.values().stream()
                    .mapToLong(value -> value.orElse(0))
                    .max()
                    .orElse(0);
            text.append(' ').append(Messages.PolicyCharts_highest(one.name(), unit.text(highest)));
        }
        return new TrendChart(title, text.toString(), head, unit, points, series);
    }

    private Optional<Long> limit(Control.Kind kind, String source) {
        return seen.controls().stream()
                .filter(control -> control.kind() == kind
                        && control.subject().filter(source::equals).isPresent())
                .flatMap(control -> control.measure().stream())
                .map(Control.Measure::limit)
                .findFirst();
    }

    /** The highest of each of the last days. */
    private List<OptionalLong> byDay(String name, long factor) {
        Map<LocalDate, Long> highest = new HashMap<>();
        Instant since = seen.time().minus(Duration.ofDays(DAYS + 1L));
        history.number(name)
                .since(since)
                .forEach(point ->
                        highest.merge(point.time().atZone(zone).toLocalDate(), point.value() * factor, Math::max));
        List<OptionalLong> values = new ArrayList<>();
        for (int day = DAYS - 1; day >= 0; day--) {
            Long value = highest.get(today.minusDays(day));
            values.add(value == null ? OptionalLong.empty() : OptionalLong.of(value));
        }
        return values;
    }

    private List<String> days() {
        List<String> days = new ArrayList<>();
        for (int day = DAYS - 1; day >= 0; day--) {
            days.add(brief(today.minusDays(day)));
        }
        return days;
    }

    private Chart calendar(SourceSeen source) {
        TreeMap<LocalDate, List<PointSeen>> byDay = new TreeMap<>();
        source.points()
                .forEach(point -> byDay.computeIfAbsent(
                                point.time().atZone(zone).toLocalDate(), any -> new ArrayList<>())
                        .add(point));
        Optional<Long> limit = limit(Control.Kind.RPO, source.name());
        LocalDate begin = today.minusWeeks(WEEKS).plusDays(1);
        List<CalendarChart.Day> days = new ArrayList<>();
        for (LocalDate date = begin; !date.isAfter(today); date = date.plusDays(1)) {
            Map.Entry<LocalDate, List<PointSeen>> last = byDay.floorEntry(date);
            boolean isLate = last != null && limit.isPresent() && isLate(last.getValue(), date, limit.get());
            days.add(day(date, byDay.getOrDefault(date, List.of()), isLate));
        }
        long with = days.stream()
                .filter(day -> day.mark() == Mark.FULL || day.mark() == Mark.PART)
                .count();
        return new CalendarChart(
                Messages.PolicyCharts_calendar(source.name()),
                Messages.PolicyCharts_calendarText(with, days.size()),
                Messages.PolicyCharts_day(),
                days);
    }

    /** Whether at the end of a day the newest recovery point was older than was promised. */
    private boolean isLate(List<PointSeen> last, LocalDate date, long limit) {
        Instant end = date.plusDays(1).atStartOfDay(zone).toInstant();
        Instant newest = last.get(last.size() - 1).time();
        return Duration.between(newest, end.isBefore(seen.time()) ? end : seen.time())
                        .toSeconds()
                > limit;
    }

    private CalendarChart.Day day(LocalDate date, List<PointSeen> points, boolean isLate) {
        if (points.isEmpty()) {
            return new CalendarChart.Day(
                    date,
                    isLate ? Mark.MISSING : Mark.NONE,
                    isLate ? Messages.PolicyCharts_late() : Messages.PolicyCharts_noPoint());
        }
        long everywhere = points.stream()
                .filter(point -> point.complete().size() == seen.destinations().size())
                .count();
        return new CalendarChart.Day(
                date, everywhere > 0 ? Mark.FULL : Mark.PART, Messages.PolicyCharts_points(points.size(), everywhere));
    }

    private static String brief(LocalDate date) {
        return DateTimeFormatter.ofPattern("MM-dd", Locale.ROOT).format(date);
    }
}
