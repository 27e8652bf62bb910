package io.jenkins.plugins.provenbackup.jenkins.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.jenkins.configuration.BackupPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** When policies are due, by Jenkins' own reading of their schedules and a clock that a test turns. */
class PolicyTimesTest {

    private final Plan plan = new Plan();

    private static BackupPolicy policy(String name, String schedule, String zone) {
        BackupPolicy policy = new BackupPolicy(name);
        policy.setSchedule(schedule);
        policy.setTimeZone(zone);
        return policy;
    }

    private List<Instant> runs(BackupPolicy policy, String from, Duration time) {
        List<Instant> runs = new ArrayList<>();
        Instant begin = Instant.parse(from);
        for (Instant now = begin; now.isBefore(begin.plus(time)); now = now.plusSeconds(60)) {
            for (PolicySchedule schedule : PolicySchedule.of(policy)) {
                if (plan.due(schedule.key(), schedule.text(), schedule.times(), now)
                        .isPresent()) {
                    plan.handled(schedule.key(), schedule.text(), now);
                    runs.add(now);
                }
            }
        }
        return runs;
    }

    @Test
    void timesAreThoseOfThePolicysZone() {
        assertThat(runs(policy("nightly", "30 2 * * *", "Asia/Tokyo"), "2026-03-01T00:00:00Z", Duration.ofDays(2)))
                .containsExactly(Instant.parse("2026-03-01T17:30:00Z"), Instant.parse("2026-03-02T17:30:00Z"));
    }

    @Test
    void hashSpreadsPoliciesAndStaysTheSame() {
        TreeSet<Instant> spread = new TreeSet<>();
        for (int i = 0; i < 50; i++) {
            BackupPolicy policy = policy("policy-" + i, "H 2 * * *", "UTC");
            Instant time = policy.nextRun(Instant.parse("2026-03-01T00:00:00Z")).orElseThrow();
            assertThat(policy("policy-" + i, "H 2 * * *", "UTC").nextRun(Instant.parse("2026-03-01T00:00:00Z")))
                    .contains(time);
            spread.add(time);
        }
        assertThat(spread).hasSizeGreaterThan(20);
        assertThat(spread.first()).isAfterOrEqualTo(Instant.parse("2026-03-01T02:00:00Z"));
        assertThat(spread.last()).isBefore(Instant.parse("2026-03-01T03:00:00Z"));
    }

    @Test
    void testsAndBackupsOfAPolicyAreSpreadByThemselves() {
        int together = 0;
        for (int i = 0; i < 50; i++) {
            BackupPolicy policy = policy("policy-" + i, "H 2 * * *", "UTC");
            policy.setTestSchedule("H 2 * * *");
            Instant start = Instant.parse("2026-03-01T00:00:00Z");
            together += policy.nextRun(start).equals(policy.nextTest(start)) ? 1 : 0;
        }
        assertThat(together).isLessThan(10);
    }

    /** On that night the clocks of Vienna skip the hour from two to three. */
    @Test
    void nightWithoutTheHourHasNoSecondRunAndIsNotFollowedByADayWithout() {
        List<Instant> runs =
                runs(policy("nightly", "30 2 * * *", "Europe/Vienna"), "2026-03-27T12:00:00Z", Duration.ofDays(4));

        assertThat(runs).contains(Instant.parse("2026-03-28T01:30:00Z"), Instant.parse("2026-03-30T00:30:00Z"));
        assertThat(runs.size()).isBetween(3, 4);
    }

    /** On that night the hour from two to three comes twice. */
    @Test
    void nightWithTheHourTwiceHasItsRun() {
        List<Instant> runs =
                runs(policy("nightly", "30 2 * * *", "Europe/Vienna"), "2026-10-24T12:00:00Z", Duration.ofDays(2));

        assertThat(runs).contains(Instant.parse("2026-10-26T01:30:00Z"));
        assertThat(runs.size()).isBetween(2, 3);
    }

    @Test
    void severalLinesAreAllMeant() {
        assertThat(runs(policy("twice", "0 2 * * *\n0 14 * * *", "UTC"), "2026-03-01T00:00:00Z", Duration.ofDays(1)))
                .containsExactly(Instant.parse("2026-03-01T02:00:00Z"), Instant.parse("2026-03-01T14:00:00Z"));
    }

    @Test
    void zoneInTheTextOverrulesTheField() {
        assertThat(policy("zoned", "TZ=America/New_York\n0 2 * * *", "UTC")
                        .nextRun(Instant.parse("2026-01-01T00:00:00Z")))
                .contains(Instant.parse("2026-01-01T07:00:00Z"));
    }

    @Test
    void scheduleThatCannotBeReadIsNeverDue() {
        assertThat(policy("odd", "whenever", "UTC").nextRun(Instant.EPOCH)).isEmpty();
    }
}
