package io.jenkins.plugins.provenbackup.engine.compliance.report;

import io.jenkins.plugins.provenbackup.engine.compliance.history.ControlKey;
import io.jenkins.plugins.provenbackup.engine.compliance.history.PastAlert;
import io.jenkins.plugins.provenbackup.engine.compliance.history.PolicyHistory;
import io.jenkins.plugins.provenbackup.engine.compliance.history.Stretch;
import io.jenkins.plugins.provenbackup.engine.policy.Control.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What became of a policy's promises in a period, control by control.
 *
 * @param policy name
 * @param from begin of the period
 * @param to end of it
 * @param controls in the order of their kinds
 * @param unwatched times in which nobody looked, so that nobody knows
 * @param alerts that were raised or not over in the period
 */
public record AuditReport(
        String policy,
        Instant from,
        Instant to,
        List<ControlReport> controls,
        List<Period> unwatched,
        List<PastAlert> alerts) {

    /**
     * A time.
     *
     * @param begin of it
     * @param end of it
     */
    public record Period(Instant begin, Instant end) {

        /** How long it is. */
        public Duration length() {
            return Duration.between(begin, end);
        }
    }

    /**
     * A failure.
     *
     * @param time from the first look that found it to the first that did not, or to the last before nobody looked
     * @param objective what was promised
     * @param found what was found at its end
     * @param isOver whether a later look found the promise kept again, or the period goes beyond it
     */
    public record Failure(Period time, String objective, String found, boolean isOver) {}

    /**
     * One control.
     *
     * @param key which promise
     * @param objective as it was at the end of the period
     * @param verdict at the end of the period
     * @param met part of the judged time through which it was kept, 0 to 1; empty when no time was judged
     * @param missed time through which it was not
     * @param unknown time through which somebody looked and could not tell
     * @param failures oldest first
     */
    public record ControlReport(
            ControlKey key,
            String objective,
            Verdict verdict,
            OptionalDouble met,
            Duration missed,
            Duration unknown,
            List<Failure> failures) {
        public ControlReport {
            failures = List.copyOf(failures);
        }
    }

    public AuditReport {
        controls = List.copyOf(controls);
        unwatched = List.copyOf(unwatched);
        alerts = List.copyOf(alerts);
    }

    /** The report on a period, which begins no earlier than the first look. */
    public static AuditReport of(PolicyHistory history, Instant from, Instant to) {
        Instant begin = history.since().filter(first -> first.isAfter(from)).orElse(from);
        List<ControlReport> controls = new ArrayList<>();
        history.verdicts()
                .forEach((key, stretches) -> control(key, stretches, begin, to).ifPresent(controls::add));
        List<PastAlert> alerts = history.alerts().stream()
                .filter(one -> !one.begin().isAfter(to)
                        && one.end().map(end -> !end.isBefore(begin)).orElse(true))
                .toList();
        return new AuditReport(history.policy(), begin, to, controls, unwatched(history, begin, to), alerts);
    }

    /** Whether nothing failed, nothing is unknown, and somebody looked all the time. */
    public boolean isClean() {
        return unwatched.isEmpty()
                && controls.stream()
                        .allMatch(
                                one -> one.failures().isEmpty() && one.unknown().isZero());
    }

    private static Optional<ControlReport> control(ControlKey key, List<Stretch> stretches, Instant from, Instant to) {
        Map<Verdict, Duration> times = new EnumMap<>(Verdict.class);
        List<Failure> failures = new ArrayList<>();
        Stretch last = null;
        for (Stretch stretch : stretches) {
            if (!stretch.touches(from, to)) {
                continue;
            }
            last = stretch;
            times.merge(stretch.verdict(), stretch.within(from, to), Duration::plus);
            if (stretch.verdict() == Verdict.MISSED) {
                Period time = new Period(
                        stretch.begin().isBefore(from) ? from : stretch.begin(),
                        stretch.end().isAfter(to) ? to : stretch.end());
                failures.add(new Failure(time, stretch.objective(), stretch.actual(), !stretch.isOpen()));
            }
        }
        if (last == null) {
            return Optional.empty();
        }
        Duration met = times.getOrDefault(Verdict.MET, Duration.ZERO);
        Duration missed = times.getOrDefault(Verdict.MISSED, Duration.ZERO);
        long judged = met.plus(missed).toSeconds();
        return Optional.of(new ControlReport(
                key,
                last.objective(),
                last.verdict(),
                judged == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) met.toSeconds() / judged),
                missed,
                times.getOrDefault(Verdict.UNKNOWN, Duration.ZERO),
                failures));
    }

    private static List<Period> unwatched(PolicyHistory history, Instant from, Instant to) {
        List<Period> gaps = new ArrayList<>();
        Instant known = from;
        for (PolicyHistory.Watch watch : history.watched()) {
            if (watch.end().isBefore(from) || watch.begin().isAfter(to)) {
                continue;
            }
            if (watch.begin().isAfter(known)) {
                gaps.add(new Period(known, watch.begin()));
            }
            known = watch.end().isAfter(known) ? watch.end() : known;
        }
        if (Duration.between(known, to).compareTo(PolicyHistory.LONGEST_PAUSE) > 0) {
            gaps.add(new Period(known, to));
        }
        return gaps;
    }
}
