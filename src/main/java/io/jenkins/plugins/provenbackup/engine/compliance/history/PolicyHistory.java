package io.jenkins.plugins.provenbackup.engine.compliance.history;

import io.jenkins.plugins.provenbackup.engine.policy.Control;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What became of a policy's promises. Immutable, and bounded: {@value #MOST_STRETCHES} changes of each verdict, {@value
 * #MOST_ALERTS} alerts, some 700 values of each number, and nothing older than {@link #LONGEST}.
 *
 * @param policy name
 * @param watched when somebody looked, without longer pauses; oldest first
 * @param verdicts of each promise, oldest first, without gaps within a watched time
 * @param numbers by name, see {@link #ageOf} and {@link #bytesAt}
 * @param alerts oldest first
 */
public record PolicyHistory(
        String policy,
        List<Watch> watched,
        Map<ControlKey, List<Stretch>> verdicts,
        Map<String, Series> numbers,
        List<PastAlert> alerts) {

    /** How far back it goes. */
    public static final Duration LONGEST = Duration.ofDays(800);

    /** A longer time between two looks is one in which nobody knows. */
    public static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private static final int MOST_STRETCHES = 400;
    private static final int MOST_ALERTS = 400;

    /**
     * A time through which somebody looked.
     *
     * @param begin the first look
     * @param end the last one so far
     */
    public record Watch(Instant begin, Instant end) {}

    public PolicyHistory {
        watched = List.copyOf(watched);
        verdicts = Collections.unmodifiableMap(new TreeMap<>(verdicts));
        numbers = Collections.unmodifiableMap(new TreeMap<>(numbers));
        alerts = List.copyOf(alerts);
    }

    /** Of a policy that nobody has looked at yet. */
    public static PolicyHistory none(String policy) {
        return new PolicyHistory(policy, List.of(), Map.of(), Map.of(), List.of());
    }

    /** Name of the number that a promise is measured by. */
    public static String ageOf(ControlKey key) {
        return key.text();
    }

    /** Name of the bytes at a destination. */
    public static String bytesAt(String destination) {
        return "bytes/" + destination;
    }

    /** When the first look was; empty when nobody looked. */
    public Optional<Instant> since() {
        return watched.isEmpty() ? Optional.empty() : Optional.of(watched.get(0).begin());
    }

    /** A number by its name; empty when there is none. */
    public Series number(String name) {
        return numbers.getOrDefault(name, Series.EMPTY);
    }

    /** With what was seen now. One that is older than the last is left out, since a clock was set back. */
    public PolicyHistory with(Observation seen) {
        Instant now = seen.time();
        if (!watched.isEmpty() && now.isBefore(watched.get(watched.size() - 1).end())) {
            return this;
        }
        boolean isPause = watched.isEmpty()
                || Duration.between(watched.get(watched.size() - 1).end(), now).compareTo(LONGEST_PAUSE) > 0;
        return new PolicyHistory(
                policy,
                watchedUntil(now, isPause),
                verdictsWith(seen, isPause),
                numbersWith(seen),
                alerts.stream()
                        .filter(one -> isRecent(one.end().orElse(now), now))
                        .toList());
    }

    /** With an alert that was raised. */
    public PolicyHistory raised(PastAlert alert) {
        List<PastAlert> more = new ArrayList<>(alerts);
        more.add(alert);
        return withAlerts(more.subList(Math.max(0, more.size() - MOST_ALERTS), more.size()));
    }

    /** With the end of an alert. */
    public PolicyHistory cleared(String key, Instant end) {
        return withAlerts(alerts.stream()
                .map(one -> one.key().equals(key) && one.end().isEmpty()
                        ? new PastAlert(one.key(), one.title(), one.text(), one.begin(), Optional.of(end))
                        : one)
                .toList());
    }

    private PolicyHistory withAlerts(List<PastAlert> others) {
        return new PolicyHistory(policy, watched, verdicts, numbers, others);
    }

    private List<Watch> watchedUntil(Instant now, boolean isPause) {
        List<Watch> all = new ArrayList<>(watched);
        if (isPause) {
            all.add(new Watch(now, now));
        } else {
            Watch last = all.remove(all.size() - 1);
            all.add(new Watch(last.begin(), now));
        }
        all.removeIf(one -> !isRecent(one.end(), now));
        return all.subList(Math.max(0, all.size() - MOST_STRETCHES), all.size());
    }

    private Map<ControlKey, List<Stretch>> verdictsWith(Observation seen, boolean isPause) {
        Instant now = seen.time();
        Map<ControlKey, Control> present = new TreeMap<>();
        seen.controls().forEach(control -> present.put(ControlKey.of(control), control));
        Map<ControlKey, List<Stretch>> all = new TreeMap<>();
        verdicts.forEach((key, before) -> {
            List<Stretch> stretches = new ArrayList<>(before);
            Control control = present.remove(key);
            extend(stretches, Optional.ofNullable(control), now, isPause);
            stretches.removeIf(one -> !isRecent(one.end(), now));
            if (!stretches.isEmpty()) {
                all.put(key, stretches.subList(Math.max(0, stretches.size() - MOST_STRETCHES), stretches.size()));
            }
        });
        present.forEach((key, control) -> all.put(key, List.of(Stretch.begin(control, now))));
        return all;
    }

    private static void extend(List<Stretch> stretches, Optional<Control> control, Instant now, boolean isPause) {
        int newest = stretches.size() - 1;
        Stretch last = stretches.get(newest);
        if (control.isEmpty()) {
            stretches.set(newest, last.abandoned());
        } else if (isPause || !last.isOpen()) {
            stretches.set(newest, last.abandoned());
            stretches.add(Stretch.begin(control.get(), now));
        } else if (last.goesOn(control.get())) {
            stretches.set(newest, last.until(control.get(), now));
        } else {
            stretches.set(newest, last.closed(now));
            stretches.add(Stretch.begin(control.get(), now));
        }
    }

    private Map<String, Series> numbersWith(Observation seen) {
        Map<String, Series> all = new TreeMap<>(numbers);
        for (Control control : seen.controls()) {
            control.measure()
                    .filter(measure -> measure.unit() == Control.Unit.SECONDS)
                    .ifPresent(measure -> add(all, ageOf(ControlKey.of(control)), seen.time(), measure.value()));
        }
        for (Observation.DestinationSeen destination : seen.destinations()) {
            if (destination.isReached()) {
                add(all, bytesAt(destination.name()), seen.time(), destination.bytes());
            }
        }
        all.values().removeIf(one -> !one.isSince(seen.time().minus(LONGEST)));
        return all;
    }

    private static void add(Map<String, Series> all, String name, Instant time, long value) {
        all.put(name, all.getOrDefault(name, Series.EMPTY).with(time, value));
    }

    private static boolean isRecent(Instant time, Instant now) {
        return time.isAfter(now.minus(LONGEST));
    }
}
