package io.jenkins.plugins.provenbackup.engine.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisTest {

    @ParameterizedTest(name = "up to {0}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    0             | BYTES        | 0
                    1             | BYTES        | 0, 1 B
                    1400000000    | BYTES        | 0, 512 MiB, 1 GiB, 1.5 GiB
                    5368709120    | BYTES        | 0, 1 GiB, 2 GiB, 3 GiB, 4 GiB, 5 GiB
                    420           | MILLISECONDS | 0, 100 ms, 200 ms, 300 ms, 400 ms, 500 ms
                    66000         | MILLISECONDS | 0, 15 s, 30 s, 45 s, 1 min, 75 s
                    2100000       | MILLISECONDS | 0, 10 min, 20 min, 30 min, 40 min
                    86400000      | MILLISECONDS | 0, 6 h, 12 h, 18 h, 24 h
                    500000000     | MILLISECONDS | 0, 2 d, 4 d, 6 d
                    31882         | COUNT        | 0, 10,000, 20,000, 30,000, 40,000
                    """)
    void hasLinesAtNumbersThatPeopleFindRound(long highest, Unit unit, String ticks) {
        assertThat(Axis.upTo(highest, unit).ticks().stream().map(unit::brief).collect(Collectors.joining(", ")))
                .isEqualTo(ticks);
    }

    @Property(tries = 300)
    void beginsAtZeroHoldsEveryValueAndStaysReadable(
            @ForAll @LongRange(min = 1, max = Long.MAX_VALUE / 4) long highest, @ForAll Unit unit) {
        Axis axis = Axis.upTo(highest, unit);

        assertThat(axis.ticks().get(0)).isZero();
        assertThat(axis.end()).isGreaterThanOrEqualTo(highest);
        assertThat(axis.ticks()).hasSizeBetween(2, 6).isSorted();
        assertThat(axis.part(highest)).isBetween(0.33, 1.0);
    }
}
