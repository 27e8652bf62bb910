package io.jenkins.plugins.provenbackup.jenkins.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which runs are due when the clock is looked at. */
class PlanTest {

    private static final Instant MIDNIGHT = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant TWO = MIDNIGHT.plus(2, ChronoUnit.HOURS);
    private static final String NIGHTLY = "0 2 * * *";
    private static final String KEY = "BACKUP:nightly";

    private final Plan plan = new Plan();

    /** Every night at two. */
    private static Optional<Instant> nightly(Instant moment) {
        Instant time = moment.truncatedTo(ChronoUnit.DAYS).plus(2, ChronoUnit.HOURS);
        return Optional.of(time.isAfter(moment) ? time : time.plus(1, ChronoUnit.DAYS));
    }

    private Optional<RunCause> look(Instant now) {
        Optional<RunCause> cause = due(now);
        cause.ifPresent(due -> plan.handled(KEY, NIGHTLY, now));
        return cause;
    }

    private Optional<RunCause> due(Instant now) {
        return plan.due(KEY, NIGHTLY, PlanTest::nightly, now).map(Plan.Due::cause);
    }

    private List<Instant> lookEveryMinute(Instant from, Duration time) {
        List<Instant> begun = new ArrayList<>();
        for (Instant now = from; now.isBefore(from.plus(time)); now = now.plusSeconds(60)) {
            Instant moment = now;
            look(now).ifPresent(cause -> begun.add(moment));
        }
        return begun;
    }

    @Test
    void runsOnceAtEachTime() {
        assertThat(lookEveryMinute(MIDNIGHT, Duration.ofDays(3)))
                .containsExactly(TWO, TWO.plus(1, ChronoUnit.DAYS), TWO.plus(2, ChronoUnit.DAYS));
    }

    @Test
    void doesNotRunTwiceWhenLookedAtTwiceInAMinute() {
        look(MIDNIGHT);

        assertThat(look(TWO)).contains(RunCause.SCHEDULE);
        assertThat(look(TWO.plusSeconds(1))).isEmpty();
        assertThat(look(TWO.plusSeconds(59))).isEmpty();
    }

    @Test
    void timeThatPassedBeforeTheScheduleWasMadeCountsNot() {
        assertThat(look(TWO.plusSeconds(1))).isEmpty();
    }

    @Test
    void missedTimesAreMadeGoodByOneRun() {
        look(MIDNIGHT);
        Instant later = TWO.plus(3, ChronoUnit.DAYS).plusSeconds(3600);

        assertThat(look(later)).contains(RunCause.CAUGHT_UP);
        assertThat(lookEveryMinute(later.plusSeconds(60), Duration.ofHours(12))).isEmpty();
    }

    @Test
    void runThatHadToWaitIsStillDue() {
        due(MIDNIGHT);

        assertThat(due(TWO)).contains(RunCause.SCHEDULE);
        assertThat(due(TWO.plusSeconds(300))).contains(RunCause.SCHEDULE);
        assertThat(plan.due(KEY, NIGHTLY, PlanTest::nightly, TWO.plusSeconds(300)))
                .map(Plan.Due::since)
                .contains(TWO);
    }

    @Test
    void changedScheduleBeginsToCountAnew() {
        look(MIDNIGHT);
        Instant month = MIDNIGHT.plus(30, ChronoUnit.DAYS);

        assertThat(plan.due(KEY, "0 1 * * *", moment -> Optional.of(moment.plusSeconds(60)), month))
                .isEmpty();
    }

    @Test
    void runThatWasCutOffIsMadeGoodOnce() {
        look(MIDNIGHT);
        look(TWO);

        plan.owe(KEY);

        assertThat(look(TWO.plusSeconds(120))).contains(RunCause.CAUGHT_UP);
        assertThat(look(TWO.plusSeconds(180))).isEmpty();
    }

    @Test
    void clockThatWasPutBackRepeatsNothing() {
        look(MIDNIGHT);
        look(TWO);

        assertThat(look(TWO.minusSeconds(3600))).isEmpty();
        assertThat(lookEveryMinute(TWO.minusSeconds(3540), Duration.ofDays(1))).hasSize(1);
    }

    @Test
    void forgetsPoliciesThatAreNoMore() {
        look(MIDNIGHT);

        plan.keepOnly(Set.of());

        assertThat(look(TWO.plus(5, ChronoUnit.DAYS))).isEmpty();
    }

    @Test
    void scheduleThatNeverComesIsNeverDue() {
        plan.due(KEY, NIGHTLY, moment -> Optional.empty(), MIDNIGHT);

        assertThat(plan.due(KEY, NIGHTLY, moment -> Optional.empty(), TWO)).isEmpty();
    }
}
