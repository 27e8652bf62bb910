package io.jenkins.plugins.provenbackup.engine.compliance.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Growth by a straight line. */
class ForecastTest {

    private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");

    @Test
    void seesWhenTheRoomIsFull() {
        Forecast forecast = Forecast.of(growing(1000, 20), OptionalLong.of(50_000), BEGIN.plus(Duration.ofDays(20)))
                .orElseThrow();

        assertThat(forecast.bytesPerDay()).isCloseTo(1000, within(5L));
        assertThat(forecast.in90Days()).isCloseTo(1_000_000 + 20_000 + 90_000, within(500L));
        assertThat(forecast.full().orElseThrow()).isBetween(Duration.ofDays(49), Duration.ofDays(51));
    }

    @Test
    void saysNothingOfWhatShrinksOrIsNotKnownForLong() {
        assertThat(Forecast.of(growing(-500, 20), OptionalLong.of(1), BEGIN.plus(Duration.ofDays(20)))
                        .orElseThrow()
                        .full())
                .isEmpty();
        assertThat(Forecast.of(growing(1000, 1), OptionalLong.of(1), BEGIN.plus(Duration.ofDays(1))))
                .isEmpty();
        assertThat(Forecast.of(Series.EMPTY, OptionalLong.empty(), BEGIN)).isEmpty();
    }

    @Test
    void keepsThePeakOfWhatFallsTogether() {
        Series series = Series.EMPTY;
        for (int hour = 0; hour < 24 * 100; hour++) {
            series = series.with(BEGIN.plus(Duration.ofHours(hour)), hour == 100 ? 7 : 1);
        }
        assertThat(series.points()).hasSizeLessThan(400).anyMatch(point -> point.value() == 7);
        assertThat(series.with(BEGIN, 3).points())
                .as("a clock that was set back")
                .isEqualTo(series.points());
    }

    private static Series growing(long perDay, int days) {
        Series series = Series.EMPTY;
        for (int hour = 0; hour <= 24 * days; hour += 6) {
            series = series.with(BEGIN.plus(Duration.ofHours(hour)), 1_000_000 + perDay * hour / 24);
        }
        return series;
    }
}
