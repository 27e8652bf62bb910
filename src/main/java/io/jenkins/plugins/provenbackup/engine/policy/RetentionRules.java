package io.jenkins.plugins.provenbackup.engine.policy;

import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which snapshots of one source are kept. {@code daily = 7} keeps the newest snapshot of each of the last seven days that
 * have one; the others work alike. A snapshot is kept when any rule keeps it.
 *
 * @param last the newest snapshots, 0 and up
 * @param hourly the newest of so many hours, 0 and up
 * @param daily the newest of so many days, 0 and up
 * @param weekly the newest of so many ISO weeks, 0 and up
 * @param monthly the newest of so many months, 0 and up
 * @param yearly the newest of so many years, 0 and up
 * @param within everything younger than that, counted back from the newest snapshot, so that nothing goes when backups stop
 */
public record RetentionRules(
        int last, int hourly, int daily, int weekly, int monthly, int yearly, Optional<Span> within) {

    /** No rule at all. */
    public static final RetentionRules NONE = new RetentionRules(0, 0, 0, 0, 0, 0, Optional.empty());

    /**
     * A snapshot as far as rules care.
     *
     * @param id which one
     * @param time when it was taken
     */
    public record Candidate(SnapshotId id, Instant time) {}

    /**
     * What the rules say of a snapshot.
     *
     * @param candidate the snapshot
     * @param keptBy the rules that keep it, for people; empty when it may go
     */
    public record Verdict(Candidate candidate, List<String> keptBy) {
        public Verdict {
            keptBy = List.copyOf(keptBy);
        }

        public boolean isKept() {
            return !keptBy.isEmpty();
        }
    }

    public RetentionRules {
        for (int count : new int[] {last, hourly, daily, weekly, monthly, yearly}) {
            if (count < 0) {
                throw new IllegalArgumentException("a number of snapshots to keep is 0 or more, not " + count);
            }
        }
    }

    /** Whether no rule would keep anything. */
    public boolean isEmpty() {
        return equals(NONE);
    }

    /**
     * Judges the snapshots of one source.
     *
     * @param zone whose days are meant
     * @return a verdict for each, newest first
     */
    public List<Verdict> judge(List<Candidate> candidates, ZoneId zone) {
        List<Candidate> newestFirst = new ArrayList<>(candidates);
        newestFirst.sort(Comparator.comparing(Candidate::time)
                .thenComparing(Candidate::id)
                .reversed());
        List<Bucket> buckets = List.of(
                new Bucket("last", last, Optional.empty()),
                new Bucket("hourly", hourly, Optional.of(time -> day(time) + "T" + time.getHour() + time.getOffset())),
                new Bucket("daily", daily, Optional.of(RetentionRules::day)),
                new Bucket(
                        "weekly",
                        weekly,
                        Optional.of(time -> time.get(IsoFields.WEEK_BASED_YEAR) + "-W"
                                + time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR))),
                new Bucket(
                        "monthly", monthly, Optional.of(time -> time.getYear() + "-" + time.getMonthValue())),
                new Bucket(
                        "yearly", yearly, Optional.of(time -> String.valueOf(time.get(ChronoField.YEAR)))));
        Optional<Instant> horizon = newestFirst.isEmpty()
                ? Optional.empty()
                : within.map(span -> span.before(newestFirst.get(0).time().atZone(zone)));
        List<Verdict> verdicts = new ArrayList<>();
        for (Candidate candidate : newestFirst) {
            ZonedDateTime time = candidate.time().atZone(zone);
            List<String> keptBy = new ArrayList<>();
            buckets.forEach(bucket -> bucket.take(time).ifPresent(keptBy::add));
            if (horizon.isPresent() && !candidate.time().isBefore(horizon.get())) {
                keptBy.add("within " + within.get());
            }
            verdicts.add(new Verdict(candidate, keptBy));
        }
        return verdicts;
    }

    private static String day(ZonedDateTime time) {
        return time.toLocalDate().toString();
    }

    /** Takes the first snapshot of each period, as long as there is room. For one pass, newest first. */
    private static final class Bucket {

        private final String name;
        private final int size;
        private final Optional<Function<ZonedDateTime, String>> period;
        private int taken;
        private String current = "";

        Bucket(String name, int size, Optional<Function<ZonedDateTime, String>> period) {
            this.name = name;
            this.size = size;
            this.period = period;
        }

        Optional<String> take(ZonedDateTime time) {
            if (taken == size) {
                return Optional.empty();
            }
            if (period.isPresent()) {
                String next = period.get().apply(time);
                if (next.equals(current)) {
                    return Optional.empty();
                }
                current = next;
            }
            taken++;
            return Optional.of(name + " " + taken + "/" + size);
        }
    }
}
