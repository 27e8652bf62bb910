package io.jenkins.plugins.provenbackup.jenkins.continuous;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When recovery points of the configuration are made. */
class PaceTest {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofSeconds(1);

    private final Pace pace = new Pace();

    private void look(Instant now) {
        Pace.Next next = pace.next(now, LONG);
        assertThat(next).isNotEqualTo(Pace.Next.NOTHING);
        pace.begin(now);
        pace.succeeded(next, now);
    }

    @Test
    void everythingIsLookedAtFirstAndOnceADay() {
        assertThat(pace.next(START, LONG)).isEqualTo(Pace.Next.WHOLE);
        look(START);

        assertThat(pace.next(START.plus(Duration.ofHours(23)), LONG)).isEqualTo(Pace.Next.NOTHING);
        assertThat(pace.next(START.plus(Duration.ofHours(24)), LONG)).isEqualTo(Pace.Next.WHOLE);
    }

    @Test
    void waitsUntilNothingIsSavedAnyMore() {
        look(START);
        Instant saved = START.plusSeconds(600);
        pace.noted(saved);

        assertThat(pace.next(saved.plusSeconds(9), Duration.ofSeconds(9))).isEqualTo(Pace.Next.NOTHING);
        assertThat(pace.next(saved.plusSeconds(10), Duration.ofSeconds(10))).isEqualTo(Pace.Next.NOTED);
    }

    @Test
    void doesNotWaitForeverForWhoSavesAllTheTime() {
        look(START);
        Instant saved = START.plusSeconds(600);
        pace.noted(saved);
        pace.noted(saved.plusSeconds(20));

        assertThat(pace.next(saved.plusSeconds(29), SHORT)).isEqualTo(Pace.Next.NOTHING);
        assertThat(pace.next(saved.plusSeconds(30), SHORT)).isEqualTo(Pace.Next.NOTED);
    }

    @Test
    void atMostOneAMinuteHoweverMuchIsSaved() {
        List<Instant> made = new ArrayList<>();
        for (Instant now = START; now.isBefore(START.plusSeconds(600)); now = now.plusSeconds(1)) {
            pace.noted(now);
            Pace.Next next = pace.next(now, SHORT);
            if (next != Pace.Next.NOTHING) {
                made.add(now);
                pace.begin(now);
                pace.succeeded(next, now);
            }
        }

        assertThat(made).hasSize(10);
        for (int i = 1; i < made.size(); i++) {
            assertThat(Duration.between(made.get(i - 1), made.get(i))).isGreaterThanOrEqualTo(Duration.ofMinutes(1));
        }
    }

    @Test
    void nothingIsMadeOfNothing() {
        look(START);

        assertThat(pace.next(START.plus(Duration.ofHours(5)), LONG)).isEqualTo(Pace.Next.NOTHING);
    }

    @Test
    void failureIsTriedAgainEverMoreRarelyAndForgetsNothing() {
        look(START);
        Instant now = START.plusSeconds(120);
        pace.noted(now);
        for (int i = 0; i < 10; i++) {
            pace.begin(now);
            pace.failed(now);
            now = now.plus(Duration.ofMinutes(15));
            assertThat(pace.next(now, LONG)).isEqualTo(Pace.Next.NOTED);
        }
        pace.begin(now);
        pace.failed(now);
        assertThat(pace.next(now.plus(Duration.ofMinutes(14)), LONG)).isEqualTo(Pace.Next.NOTHING);

        now = now.plus(Duration.ofMinutes(15));
        pace.begin(now);
        pace.succeeded(Pace.Next.NOTED, now);
        pace.noted(now);
        assertThat(pace.next(now.plus(Duration.ofMinutes(1)), LONG)).isEqualTo(Pace.Next.NOTED);
    }
}
