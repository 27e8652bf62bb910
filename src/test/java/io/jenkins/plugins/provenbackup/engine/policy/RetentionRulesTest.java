package io.jenkins.plugins.provenbackup.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jenkins.plugins.provenbackup.engine.repository.SnapshotId;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionRulesTest {

    /** Snapshots at these times, and which of them each set of rules keeps, newest first. */
    @ParameterizedTest(name = "{0} keeps {2}")
    @CsvSource(delimiter = '|', textBlock = """
            last=2          | 01-01T10 01-02T10 01-03T10          | 01-03T10 01-02T10
            last=9          | 01-01T10 01-02T10                   | 01-02T10 01-01T10
            daily=2         | 01-01T10 01-02T08 01-02T10 01-03T10 | 01-03T10 01-02T10
            daily=2         | 01-01T10 01-20T10                   | 01-20T10 01-01T10
            hourly=2        | 01-01T10 01-01T11 01-01T12          | 01-01T12 01-01T11
            weekly=2        | 01-04T10 01-05T10 01-11T10 01-12T10 | 01-12T10 01-11T10
            monthly=2       | 01-31T10 02-01T10 02-28T10 03-01T10 | 03-01T10 02-28T10
            yearly=1        | 01-31T10 02-01T10                   | 02-01T10
            within=36h      | 01-01T10 01-02T10 01-03T10          | 01-03T10 01-02T10
            within=1m       | 01-01T10 02-01T10 03-01T10          | 03-01T10 02-01T10
            last=1,daily=2  | 01-01T10 01-02T08 01-02T10          | 01-02T10 01-01T10
            last=0          | 01-01T10                            |
            """)
    void keeps(String rules, String snapshots, String kept) {
        List<RetentionRules.Verdict> verdicts = rules(rules).judge(candidates(snapshots), ZoneOffset.UTC);

        assertThat(verdicts.stream()
                        .filter(RetentionRules.Verdict::isKept)
                        .map(verdict -> shown(verdict.candidate().time()))
                        .collect(Collectors.joining(" ")))
                .isEqualTo(kept == null ? "" : kept);
    }

    @Test
    void tellsWhichRuleKeepsASnapshot() {
        List<RetentionRules.Verdict> verdicts =
                rules("last=1,daily=7,within=1d").judge(candidates("01-01T10 01-02T09 01-02T10"), ZoneOffset.UTC);

        assertThat(verdicts.stream().map(RetentionRules.Verdict::keptBy))
                .containsExactly(
                        List.of("last 1/1", "daily 1/7", "within 1d"),
                        List.of("within 1d"),
                        List.of("daily 2/7", "within 1d"));
    }

    @Test
    void countsDaysInTheZoneThatIsMeant() {
        List<RetentionRules.Candidate> aroundMidnight = candidates("01-01T22 01-01T23");

        assertThat(rules("daily=9").judge(aroundMidnight, ZoneOffset.UTC))
                .filteredOn(one -> one.isKept())
                .hasSize(1);
        assertThat(rules("daily=9").judge(aroundMidnight, ZoneId.of("Europe/Berlin")))
                .filteredOn(one -> one.isKept())
                .hasSize(2);
    }

    @Test
    void refusesANegativeCountAndASpanThatIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> rules("last=-1")).withMessageContaining("-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Span.parse("soon"))
                .withMessageContaining("'soon'");
        assertThat(Span.parse("1y2m1w3d4h")).hasToString("1y2m10d4h");
    }

    private static RetentionRules rules(String text) {
        int[] counts = new int[6];
        Optional<Span> within = Optional.empty();
        List<String> names = List.of("last", "hourly", "daily", "weekly", "monthly", "yearly");
        for (String rule : text.split(",", -1)) {
            String[] parts = rule.split("=", -1);
            if (parts[0].equals("within")) {
                within = Optional.of(Span.parse(parts[1]));
            } else {
                counts[names.indexOf(parts[0])] = Integer.parseInt(parts[1]);
            }
        }
        return new RetentionRules(counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], within);
    }

    private static List<RetentionRules.Candidate> candidates(String times) {
        List<RetentionRules.Candidate> candidates = new ArrayList<>();
        for (String time : Arrays.asList(times.split(" ", -1))) {
            String id = String.format(Locale.ROOT, "%064x", candidates.size());
            candidates.add(new RetentionRules.Candidate(new SnapshotId(id), Instant.parse("2026-" + time + ":00:00Z")));
        }
        return candidates;
    }

    private static String shown(Instant time) {
        ZonedDateTime utc = time.atZone(ZoneOffset.UTC);
        return String.format(Locale.ROOT, "%02d-%02dT%02d", utc.getMonthValue(), utc.getDayOfMonth(), utc.getHour());
    }
}
