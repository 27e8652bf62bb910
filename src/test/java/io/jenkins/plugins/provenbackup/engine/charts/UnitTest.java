package io.jenkins.plugins.provenbackup.engine.charts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitTest {

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.0 KiB",
        "1048524, 1023.9 KiB",
        "1048525, 1.0 MiB",
        "1288490189, 1.2 GiB",
        "9223372036854775807, 8.0 EiB"
    })
    void bytesComeInPowersOf1024(long bytes, String text) {
        assertThat(Unit.BYTES.text(bytes)).isEqualTo(text);
    }

    @ParameterizedTest(name = "{0} ms are {1}")
    @CsvSource({
        "0, 0.0 s",
        "420, 0.4 s",
        "9999, 10.0 s",
        "10000, 10 s",
        "59999, 59 s",
        "185000, 3 min 5 s",
        "7800000, 2 h 10 min",
        "129600000, 36 h 0 min"
    })
    void timesComeInTheTwoUnitsThatMatter(long millis, String text) {
        assertThat(Unit.MILLISECONDS.text(millis)).isEqualTo(text);
    }

    @ParameterizedTest(name = "{0} of {1} is {2} in brief")
    @CsvSource(delimiter = '|', textBlock = """
                    0          | BYTES        | 0
                    256        | BYTES        | 256 B
                    1610612736 | BYTES        | 1.5 GiB
                    0          | MILLISECONDS | 0
                    200        | MILLISECONDS | 200 ms
                    1500       | MILLISECONDS | 1.5 s
                    90000      | MILLISECONDS | 90 s
                    1800000    | MILLISECONDS | 30 min
                    86400000   | MILLISECONDS | 24 h
                    172800000  | MILLISECONDS | 2 d
                    20000      | COUNT        | 20,000
                    """)
    void roundAmountsAreShort(long value, Unit unit, String text) {
        assertThat(unit.brief(value)).isEqualTo(text);
    }

    @ParameterizedTest(name = "{0} in steps of {1} is {2}")
    @CsvSource({
        "0, 43200000, 0",
        "172800000, 43200000, 48 h",
        "216000000, 43200000, 60 h",
        "86400000, 86400000, 1 d",
        "3600000, 900000, 60 min",
        "1500, 500, 1.5 s",
        "1000, 200, 1 s"
    })
    void timesOfOneAxisShareTheirUnit(long millis, long step, String text) {
        assertThat(Unit.MILLISECONDS.brief(millis, step)).isEqualTo(text);
    }
}
