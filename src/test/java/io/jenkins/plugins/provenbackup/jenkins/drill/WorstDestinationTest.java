package io.jenkins.plugins.provenbackup.jenkins.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.provenbackup.jenkins.drill.WorstDestination.Choice;
import io.jenkins.plugins.provenbackup.jenkins.drill.WorstDestination.Measured;
import io.jenkins.plugins.provenbackup.jenkins.drill.WorstDestination.Place;
import io.jenkins.plugins.provenbackup.jenkins.drill.WorstDestination.Site;
import io.jenkins.plugins.provenbackup.jenkins.results.DrillPlace;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** From which destination everything is restored. */
class WorstDestinationTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final String DB = "shop/db";
    private static final String FILES = "shop/files";

    private static Place place(String name, Site site, Measured... ofDb) {
        return new Place(name, Optional.empty(), site, Set.of(DB), ofDb.length == 0 ? Map.of() : Map.of(DB, ofDb[0]));
    }

    private static Measured passed(int daysAgo, long bytes, int seconds) {
        return new Measured(NOW.minus(Duration.ofDays(daysAgo)), bytes, Duration.ofSeconds(seconds), 0);
    }

    private static Choice choose(Place... places) {
        return WorstDestination.of(List.of(places), Set.of(DB), NOW, ZoneOffset.UTC);
    }

    @Test
    void ofMeasuredOnesTheSlowestByBytesAndNotByTime() {
        Choice choice = choose(
                place("long but much", Site.ONSITE, passed(1, 1_000_000_000, 100)),
                place("short but little", Site.ONSITE, passed(1, 1_000_000, 10)));

        assertThat(choice.name()).isEqualTo("short but little");
        assertThat(choice.reason()).isEqualTo("The last restore from it alone was the slowest of all.");
        assertThat(choice.places())
                .extracting(DrillPlace::getStanding)
                .containsExactly(
                        "The last restore from it alone, on 2026-05-31, brought back 9.5 MiB a second.",
                        "The last restore from it alone, on 2026-05-31, brought back 97.7 KiB a second.");
        assertThat(choice.places()).extracting(DrillPlace::isChosen).containsExactly(false, true);
    }

    @Test
    void oneThatWasNeverMeasuredIsWorseThanTheSlowest() {
        Choice choice = choose(place("slow", Site.OFFSITE, passed(1, 10, 1000)), place("unknown", Site.ONSITE));

        assertThat(choice.name()).isEqualTo("unknown");
        assertThat(choice.reason()).isEqualTo("No restore of everything from it alone was measured yet.");
    }

    @Test
    void ofThoseThatWereNeverMeasuredAnOffsiteOneAndThenTheLastOfThePolicy() {
        assertThat(choose(place("a", Site.OFFSITE), place("b", Site.ONSITE), place("c", Site.ONSITE))
                        .name())
                .isEqualTo("a");
        assertThat(choose(place("a", Site.ONSITE), place("b", Site.ONSITE)).name())
                .isEqualTo("b");
    }

    @Test
    void whatWasMeasuredLongAgoCountsForNothing() {
        Choice choice = choose(
                place("slow", Site.ONSITE, passed(90, 10, 1000)),
                place("longest ago", Site.ONSITE, passed(200, 1_000_000_000, 1)),
                place("long ago", Site.OFFSITE, passed(91, 1_000_000_000, 1)));

        assertThat(choice.name()).isEqualTo("longest ago");
        assertThat(choice.reason()).isEqualTo("It is the one from which no restore was measured for the longest time.");
    }

    @Test
    void oneThatWasNeverMeasuredIsWorseThanOneThatWasLongAgo() {
        assertThat(choose(place("never", Site.ONSITE), place("long ago", Site.OFFSITE, passed(200, 1, 1)))
                        .name())
                .isEqualTo("never");
    }

    @Test
    void oneWhoseLastTestFailedIsWorseThanOneThatWasNeverMeasured() {
        Measured failed = new Measured(NOW.minus(Duration.ofDays(400)), 5, Duration.ofSeconds(1), 3);

        Choice choice = choose(place("never", Site.OFFSITE), place("failed", Site.ONSITE, failed));

        assertThat(choice.name()).isEqualTo("failed");
        assertThat(choice.reason()).isEqualTo("The last recovery test from it alone failed.");
    }

    @Test
    void oneThatDoesNotAnswerIsTheWorstOfAll() {
        Measured failed = new Measured(NOW, 5, Duration.ofSeconds(1), 3);
        Place silent = new Place(
                "silent", Optional.of("no route"), Site.ONSITE, Set.of(), Map.of(DB, passed(1, 1_000_000, 1)));

        Choice choice = choose(place("failed", Site.OFFSITE, failed), silent);

        assertThat(choice.name()).isEqualTo("silent");
        assertThat(choice.reason()).startsWith("It does not answer");
        assertThat(choice.places().get(1).isSilent()).isTrue();
        assertThat(choice.places().get(1).getStanding()).isEqualTo("Does not answer: no route");
    }

    @Test
    void nobodyRestoresFromOneThatLacksTheNewestRecoveryPointWhileAnotherHasIt() {
        Place behind = new Place("behind", Optional.empty(), Site.OFFSITE, Set.of(), Map.of());

        Choice choice = choose(behind, place("quick", Site.ONSITE, passed(1, 1_000_000_000, 1)));

        assertThat(choice.name()).isEqualTo("quick");
        assertThat(choice.places().get(0).getStanding()).isEqualTo("Does not hold the newest recovery point whole.");
    }

    @Test
    void ofSeveralSourcesEachMustHaveBeenMeasured() {
        Place half = new Place(
                "half", Optional.empty(), Site.ONSITE, Set.of(DB, FILES), Map.of(DB, passed(1, 1_000_000_000, 1)));
        Place whole = new Place(
                "whole",
                Optional.empty(),
                Site.OFFSITE,
                Set.of(DB, FILES),
                Map.of(DB, passed(1, 10, 1000), FILES, passed(1, 10, 1000)));

        assertThat(WorstDestination.of(List.of(half, whole), Set.of(DB, FILES), NOW, ZoneOffset.UTC)
                        .name())
                .isEqualTo("half");
    }

    @Test
    void ofSeveralSourcesTheOldestMeasurementAndAllBytesTogetherCount() {
        Place fresh = new Place(
                "fresh",
                Optional.empty(),
                Site.OFFSITE,
                Set.of(DB, FILES),
                Map.of(DB, passed(1, 10, 1000), FILES, passed(1, 10, 1000)));
        Place stale = new Place(
                "stale",
                Optional.empty(),
                Site.ONSITE,
                Set.of(DB, FILES),
                Map.of(DB, passed(1, 1_000_000, 1), FILES, passed(100, 1_000_000, 1)));

        assertThat(WorstDestination.of(List.of(fresh, stale), Set.of(DB, FILES), NOW, ZoneOffset.UTC)
                        .name())
                .isEqualTo("stale");
    }

    @Test
    void theOnlyOneIsChosenWhateverIsKnownOfIt() {
        Choice choice = choose(place("disk", Site.ONSITE, passed(1, 1_000_000, 1)));

        assertThat(choice.name()).isEqualTo("disk");
        assertThat(choice.reason()).isEqualTo("It is the only destination.");
    }

    @Test
    void whereNoneAnswersTheLastOfThePolicyIsNamed() {
        Place one = new Place("one", Optional.of("down"), Site.ONSITE, Set.of(), Map.of());
        Place two = new Place("two", Optional.of("down"), Site.ONSITE, Set.of(), Map.of());

        assertThat(WorstDestination.of(List.of(one, two), Set.of(), NOW, ZoneOffset.UTC)
                        .name())
                .isEqualTo("two");
    }
}
