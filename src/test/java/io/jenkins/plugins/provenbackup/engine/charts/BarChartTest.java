package io.jenkins.plugins.provenbackup.engine.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BarChartTest {

    private static final long MIB = 1 << 20;

    @Test
    void drawsEachAmountFromZeroInProportion() throws Exception {
        Seen seen = Seen.of(chart(
                BarChart.Bar.of("Read", 4 * MIB, Unit.BYTES, Tone.FIRST),
                BarChart.Bar.of("Stored", MIB, Unit.BYTES, Tone.SECOND),
                BarChart.Bar.of("Nothing", 0, Unit.BYTES, Tone.THIRD)));

        assertThat(seen.bars()).containsExactly("0 20 439.5x12", "0 62 110.3x12");
        assertThat(seen.texts("text", "pb-chart__name")).containsExactly("Read", "Stored", "Nothing");
        assertThat(seen.texts("text", "pb-chart__value")).containsExactly("4.0 MiB", "1.0 MiB", "0 B");
        assertThat(seen.texts("text", "pb-chart__tick")).containsExactly("0", "1 MiB", "2 MiB", "3 MiB", "4 MiB");
    }

    @Test
    void showsWhatAnAmountIsHeldAgainst() throws Exception {
        BarChart.Bar bar = new BarChart.Bar("Took", 60_000, "1 min of 2 min", Tone.GOOD, OptionalLong.of(120_000));
        Seen seen = Seen.of(new BarChart("t", "d", "h", Unit.MILLISECONDS, List.of(bar)));

        assertThat(seen.elements("line", "pb-chart__limit"))
                .singleElement()
                .satisfies(line -> assertThat(line.getAttribute("x1")).isEqualTo("439.5"));
        assertThat(seen.bars()).containsExactly("0 20 220x12");
    }

    @Test
    void saysTheSameToThoseWhoCannotSeeIt() throws Exception {
        Seen seen = Seen.of(chart(BarChart.Bar.of("Read", MIB, Unit.BYTES, Tone.FIRST)));

        assertThat(seen.elements("svg", "pb-chart__drawing")).singleElement().satisfies(svg -> {
            assertThat(svg.getAttribute("role")).isEqualTo("img");
            assertThat(svg.getAttribute("aria-labelledby")).isEqualTo("c-title c-description");
            assertThat(svg.getAttribute("viewBox")).isEqualTo("0 0 440 64");
        });
        assertThat(seen.texts("title", "")).startsWith("Bytes");
        assertThat(seen.texts("desc", "")).containsExactly("What was moved");
        assertThat(seen.rows()).containsExactly("Amount | Bytes", "Read | 1.0 MiB");
    }

    @Test
    void saysSoWhenThereIsNothing() throws Exception {
        Seen seen = Seen.of(chart());

        assertThat(seen.texts("p", "pb-chart__none")).containsExactly("Nothing to show yet");
        assertThat(seen.elements("svg", "")).isEmpty();
    }

    @Test
    void namesStayTextWhateverIsInThem() throws Exception {
        String name = "</text><script>alert('x')</script>&\"\u0000\u001B[31m\u202E";
        String figure = chart(BarChart.Bar.of(name, 1, Unit.BYTES, Tone.FIRST)).figure("c", ChartWords.ENGLISH);

        assertThat(figure).doesNotContain("<script").doesNotContain("\u001B").doesNotContain("\u202E");
        Seen seen = Seen.of(chart(BarChart.Bar.of(name, 1, Unit.BYTES, Tone.FIRST)));
        assertThat(seen.rows()).last().asString().startsWith("</text><script>alert('x')</script>&\"\uFFFD\uFFFD[31m");
    }

    @Test
    void aLongNameIsCutInTheDrawingAloneAndLeavesRoomForTheNumber() throws Exception {
        String name = "sftp://backup@host/" + "directory/".repeat(20);
        Seen seen = Seen.of(chart(BarChart.Bar.of(name, MIB, Unit.BYTES, Tone.FIRST)));

        assertThat(seen.texts("text", "pb-chart__name"))
                .singleElement()
                .asString()
                .hasSizeLessThan(55)
                .endsWith("…");
        assertThat(seen.rows()).contains(name + " | 1.0 MiB");
        assertThat(seen.texts("title", "")).contains(name + ": 1.0 MiB");
    }

    @Test
    void needsNeitherScriptNorStyleInThePage() {
        String figure = chart(BarChart.Bar.of("a", 1, Unit.BYTES, Tone.FIRST)).figure("c", ChartWords.ENGLISH);

        assertThat(figure).doesNotContain("style=").doesNotContain("<style").doesNotContain(" on");
    }

    @Test
    void amountsAreNotBelowZero() {
        assertThatThrownBy(() -> BarChart.Bar.of("a", -1, Unit.BYTES, Tone.FIRST))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a bar begins at zero, so it cannot be -1");
    }

    private static BarChart chart(BarChart.Bar... bars) {
        return new BarChart("Bytes", "What was moved", "Amount", Unit.BYTES, List.of(bars));
    }
}
