package io.jenkins.plugins.provenbackup.jenkins.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.jenkins.results.CheckReport;
import io.jenkins.plugins.provenbackup.jenkins.results.DrillPlace;
import io.jenkins.plugins.provenbackup.jenkins.results.DrillReport;
import io.jenkins.plugins.provenbackup.jenkins.results.DrillVerdict;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a report of a drill says. */
class DrillTextTest {

    private static final DrillReport PASSED = SampleDrills.drill(
            3, SampleDrills.test(Duration.ofMinutes(10), List.of(), CheckReport.passed("boot", 30_000)));

    private static String markdown(DrillReport report, DrillReport... earlier) {
        return new DrillText(report, List.of(earlier), ZoneOffset.UTC)
                .document()
                .markdown();
    }

    @Test
    void ofADrillThatPassedItSaysWhatWasRestoredFromWhereAndHowLongItTook() {
        assertThat(PASSED.getVerdict()).isEqualTo(DrillVerdict.PASSED);
        assertThat(markdown(PASSED))
                .startsWith("# Recovery drill #3: home\n")
                .contains("The recovery drill of home passed: everything came back from offsite.")
                .contains("- When: 2026-06-01 12:00 Z, for 15 min\n")
                .contains("- Worst destination: `offsite`. The last restore from it alone was the slowest of all.")
                .contains("| recovery time (RTO) | 10 min | at most 30 min | met |")
                .contains("| age of the recovery point (RPO) | 2 h | at most 24 h | met |")
                .contains(
                        "| `home/jenkinsHome` | `abababab`, 2026-06-01 10:00 Z | 1,000 | 7.6 MiB | 10 min | 1 min | passed |")
                .contains("| boot | `home/jenkinsHome` | 30 s | passed |")
                .contains("This is the first drill of the policy.")
                .contains("| 12:00:00 | look at the destinations |  | 2 s | done |")
                .contains("| `offsite` | Slow. | the worst |")
                .doesNotContain("What to do", "What went wrong");
    }

    @Test
    void stepsFollowOneAfterTheOther() {
        List<String> steps = markdown(PASSED)
                .lines()
                .filter(line -> line.contains("| `home/jenkinsHome` | ") && line.startsWith("| 12:"))
                .toList();

        assertThat(steps)
                .containsExactly(
                        "| 12:00:02 | open keys and snapshot | `home/jenkinsHome` | 38 s | done |",
                        "| 12:00:40 | restore | `home/jenkinsHome` | 10 min | done |",
                        "| 12:10:40 | compare every byte | `home/jenkinsHome` | 1 min | done |",
                        "| 12:11:40 | check: boot | `home/jenkinsHome` | 30 s | done |",
                        "| 12:12:10 | delete the copy, keep the result | `home/jenkinsHome` | 1 min 10 s | done |");
    }

    @Test
    void itIsComparedWithTheLastDrills() {
        DrillReport failed =
                SampleDrills.drill(2, SampleDrills.test(Duration.ofMinutes(20), List.of("a.txt: is missing")));
        DrillReport slow = SampleDrills.drill(1, SampleDrills.test(Duration.ofMinutes(40), List.of()));

        assertThat(slow.getVerdict()).isEqualTo(DrillVerdict.MISSED);
        assertThat(markdown(PASSED, failed, slow))
                .contains("Since drill #1, the last one from offsite that brought everything back, the recovery time"
                        + " fell by 30 min (75 %).")
                .contains(
                        "| #3 (this one) | 2026-06-01 12:00 Z | offsite | passed | 10 min | 7.6 MiB | 13.0 KiB | 15 min |")
                .contains("| #2 | 2026-06-01 12:00 Z | offsite | failed | 20 min |")
                .contains("| #1 | 2026-06-01 12:00 Z | offsite | objective missed | 40 min |");
    }

    @Test
    void ofDataThatDidNotComeBackItSaysWhatToDo() {
        DrillReport report =
                SampleDrills.drill(2, SampleDrills.test(Duration.ofMinutes(20), List.of("a.txt: is missing")));

        assertThat(report.getVerdict()).isEqualTo(DrillVerdict.FAILED);
        assertThat(markdown(report))
                .contains("The recovery drill of home failed: home/jenkinsHome: a.txt: is missing.")
                .contains("## What went wrong\n\n- `home/jenkinsHome`: a.txt: is missing\n")
                .contains("verify --repair")
                .contains("| compare every byte | `home/jenkinsHome` | 1 min | a.txt: is missing |")
                .contains("- Then run the drill again.");
    }

    @Test
    void ofAHomeThatDoesNotBootItSaysThatTheDataIsNotToBlame() {
        DrillReport report = SampleDrills.drill(
                2,
                SampleDrills.test(
                        Duration.ofMinutes(10),
                        List.of("check 'boot': the job shop did not load"),
                        CheckReport.failed("boot", 1000, "the job shop did not load")));

        assertThat(markdown(report))
                .contains("| boot | `home/jenkinsHome` | 1 s | failed: the job shop did not load |")
                .contains("| compare every byte | `home/jenkinsHome` | 1 min | done |")
                .contains("came back, but the check 'boot' was not content")
                .doesNotContain("verify --repair");
    }

    @Test
    void ofADestinationThatDoesNotAnswerItSaysFromWhereToRestoreMeanwhile() {
        DrillReport.Found found = new DrillReport.Found();
        found.choose(
                "offsite",
                "It does not answer, and nothing is worse when it is needed.",
                List.of(
                        DrillPlace.answering("nas", "Quick."),
                        DrillPlace.silent("offsite", "Does not answer: no route")
                                .asChosen()));
        found.add(SampleDrills.test(Duration.ZERO, List.of("could not restore from offsite: no route")));
        DrillReport report = SampleDrills.report(2, found);

        assertThat(report.getVerdict()).isEqualTo(DrillVerdict.FAILED);
        assertThat(markdown(report))
                .contains("| recovery time (RTO) | nothing was restored | at most 30 min | missed |")
                .contains("- Bring back offsite:")
                .contains("- Until then restore from nas.")
                .doesNotContain("verify --repair");
    }

    @Test
    void aDrillThatRestoredNothingFailed() {
        DrillReport.Found found = SampleDrills.found();
        found.problem("There is no recovery point of 'home/jenkinsHome' that is whole at any destination.");
        DrillReport report = SampleDrills.report(1, found);

        assertThat(report.isPassed()).isFalse();
        assertThat(markdown(report))
                .contains("## What came back\n\nNothing.\n")
                .contains("There is no recovery point of 'home/jenkinsHome'")
                .contains("Make a backup by the policy");
    }

    @Test
    void thePageToPrintNeedsNothingElseAndShowsForeignTextAsText() {
        String html = new DrillText(
                        SampleDrills.drill(
                                2, SampleDrills.test(Duration.ofMinutes(1), List.of("<script>alert(1)</script>"))),
                        List.of(),
                        ZoneOffset.UTC)
                .document()
                .html();

        assertThat(html)
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script")
                .doesNotContain("<link", "src=");
    }

    @Test
    void aPageOfJenkinsShowsTheSame() {
        List<ShownBlock> blocks = ShownBlock.of(new DrillText(PASSED, List.of(), ZoneOffset.UTC).document());

        assertThat(blocks).extracting(ShownBlock::getKind).contains("heading", "items", "table", "text");
        assertThat(blocks)
                .filteredOn(block ->
                        block.getHeading().equals("Measured") && block.getKind().equals("table"))
                .singleElement()
                .satisfies(block -> {
                    assertThat(block.getColumns()).containsExactly("what", "measured", "objective", "verdict");
                    assertThat(block.getRows().get(0))
                            .containsExactly("recovery time (RTO)", "10 min", "at most 30 min", "met");
                });
    }
}
