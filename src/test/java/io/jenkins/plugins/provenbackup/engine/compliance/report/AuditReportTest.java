package io.jenkins.plugins.provenbackup.engine.compliance.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.jr.ob.JSON;
import io.jenkins.plugins.provenbackup.engine.compliance.history.HistoryJson;
import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation;
import io.jenkins.plugins.provenbackup.engine.compliance.history.PolicyHistory;
import io.jenkins.plugins.provenbackup.engine.policy.Compliance;
import io.jenkins.plugins.provenbackup.engine.policy.Control;
import io.jenkins.plugins.provenbackup.engine.policy.Control.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A history by a clock, and what an auditor reads of it. */
class AuditReportTest {

    private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");
    private static final Duration LOOK = Duration.ofMinutes(5);

    private PolicyHistory history = PolicyHistory.none("shop");
    private Instant now = BEGIN;

    @Test
    void tellsEachFailureWithItsBeginAndEnd() throws Exception {
        look(Duration.ofHours(10), Verdict.MET, 3600);
        look(Duration.ofHours(2), Verdict.MISSED, 90_000);
        look(Duration.ofHours(12), Verdict.MET, 3600);

        AuditReport report = report();

        AuditReport.ControlReport control = report.controls().get(0);
        assertThat(control.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.time().begin())
                    .isEqualTo(BEGIN.plus(Duration.ofHours(10)).plus(LOOK));
            assertThat(failure.time().end())
                    .isEqualTo(BEGIN.plus(Duration.ofHours(12)).plus(LOOK));
            assertThat(failure.isOver()).isTrue();
            assertThat(failure.objective()).isEqualTo("at most 24 h old");
        });
        assertThat(control.met().orElseThrow()).isCloseTo(22.0 / 24, within(0.01));
        assertThat(control.missed()).isEqualTo(Duration.ofHours(2));
        assertThat(report.unwatched()).isEmpty();
        assertThat(report.isClean()).isFalse();
        AuditText text = new AuditText(report, ZoneOffset.UTC);
        assertThat(text.document().markdown()).contains("2026-03-01 10:05 Z", "2026-03-01 12:05 Z", "at most 24 h old");
        assertThat(text.document().html()).contains("2026-03-01 10:05 Z").doesNotContain("<script");
        assertThat(JSON.std.mapFrom(text.json())).containsEntry("clean", false).containsEntry("policy", "shop");
    }

    @Test
    void saysOfAFailureThatGoesOnThatItDoes() {
        look(Duration.ofHours(3), Verdict.MISSED, 90_000);

        assertThat(report().controls().get(0).failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.isOver()).isFalse());
        assertThat(new AuditText(report(), ZoneOffset.UTC).document().markdown())
                .contains("goes on");
    }

    @Test
    void doesNotTakeTimeInWhichNobodyLookedForTimeInWhichAPromiseWasKept() {
        look(Duration.ofHours(3), Verdict.MET, 3600);
        now = now.plus(Duration.ofHours(9));
        look(Duration.ofHours(3), Verdict.MET, 3600);

        AuditReport report = report();

        assertThat(report.unwatched())
                .singleElement()
                .satisfies(gap -> assertThat(gap.length()).isBetween(Duration.ofHours(9), Duration.ofHours(10)));
        assertThat(report.isClean()).isFalse();
        assertThat(history.verdicts().values().iterator().next()).hasSize(2);
    }

    @Test
    void aYearOfLooksStaysSmallAndComesBackAsItWas() throws Exception {
        for (int day = 0; day < 420; day++) {
            for (int quarter = 0; quarter < 96; quarter++) {
                now = now.plus(Duration.ofMinutes(15));
                boolean isBad = day % 2 == 0 && quarter < 3;
                history = history.with(observation(isBad ? Verdict.MISSED : Verdict.MET, 60 + quarter));
            }
        }

        String json = JSON.std.asString(HistoryJson.write(history));

        assertThat(json.length()).isLessThan(120_000);
        assertThat(history.number("rpo/db").points().size()).isLessThan(750);
        assertThat(history.verdicts().values().iterator().next()).hasSizeLessThanOrEqualTo(400);
        PolicyHistory again = HistoryJson.read(JSON.std.mapFrom(json));
        assertThat(JSON.std.asString(HistoryJson.write(again)).equals(json)).isTrue();
    }

    private void look(Duration length, Verdict verdict, long age) {
        Instant end = now.plus(length);
        while (now.isBefore(end)) {
            now = now.plus(LOOK);
            history = history.with(observation(verdict, age));
        }
    }

    private AuditReport report() {
        return AuditReport.of(history, BEGIN.minus(Duration.ofDays(30)), now);
    }

    private Observation observation(Verdict verdict, long age) {
        Control control = new Control(
                Control.Kind.RPO,
                Optional.of("db"),
                "at most 24 h old",
                age + " s old",
                verdict,
                "",
                Optional.of(new Control.Measure(age, 86_400, Control.Unit.SECONDS)));
        return new Observation(
                new Compliance("shop", now, List.of(control)),
                List.of(),
                List.of(new Observation.DestinationSeen(
                        "nas", Optional.empty(), age, 0, OptionalLong.empty(), Set.of())),
                List.of());
    }
}
