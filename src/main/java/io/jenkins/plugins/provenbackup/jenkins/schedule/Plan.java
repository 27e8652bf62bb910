package io.jenkins.plugins.provenbackup.jenkins.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Up to when each schedule was looked after, so that after a pause it is known what was missed. However many times passed meanwhile,
 * one run makes them good. Kept as XML by whoever owns it; for one thread at a time.
 */
final class Plan {

    /** Later than that is caught up. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final TreeMap<String, Planned> planned = new TreeMap<>();

    /** What is known of one schedule. */
    private static final class Planned {
        private final String schedule;
        private final long handledMillis;
        private final boolean isOwed;

        Planned(String schedule, Instant handled, boolean isOwed) {
            this.schedule = schedule;
            this.handledMillis = handled.toEpochMilli();
            this.isOwed = isOwed;
        }
    }

    /**
     * A run that is due.
     *
     * @param cause whether it is late
     * @param since for how long it has waited
     */
    record Due(RunCause cause, Instant since) {}

    /**
     * Says whether a run is due. A schedule that is new, or was changed, begins to count now.
     *
     * @param key of the schedule
     * @param schedule its text, by which a change is noticed
     */
    Optional<Due> due(String key, String schedule, Times times, Instant now) {
        Planned known = planned.get(key);
        if (known != null && known.isOwed) {
            return Optional.of(new Due(RunCause.CAUGHT_UP, Instant.ofEpochMilli(known.handledMillis)));
        }
        if (known == null
                || !known.schedule.equals(schedule)
                || Instant.ofEpochMilli(known.handledMillis).isAfter(now)) {
            planned.put(key, new Planned(schedule, now, false));
            return Optional.empty();
        }
        return times.after(Instant.ofEpochMilli(known.handledMillis))
                .filter(time -> !time.isAfter(now))
                .map(time ->
                        new Due(time.isBefore(now.minus(PATIENCE)) ? RunCause.CAUGHT_UP : RunCause.SCHEDULE, time));
    }

    /** A run begins, which stands for all times until now. */
    void handled(String key, String schedule, Instant now) {
        planned.put(key, new Planned(schedule, now, false));
    }

    /** A run was cut off by the end of Jenkins: it is made good once. */
    void owe(String key) {
        Planned known = planned.get(key);
        if (known != null) {
            planned.put(key, new Planned(known.schedule, Instant.ofEpochMilli(known.handledMillis), true));
        }
    }

    /** Forgets schedules that are no more. */
    void keepOnly(Set<String> keys) {
        planned.keySet().retainAll(keys);
    }

    /** The keys and what is known of them, to see whether anything changed. */
    String state() {
        StringBuilder state = new StringBuilder();
        planned.forEach((key, one) -> state.append(key)
                .append('\n')
                .append(one.schedule)
                .append('\n')
                .append(one.handledMillis)
                .append(one.isOwed)
                .append('\n'));
        return state.toString();
    }
}
