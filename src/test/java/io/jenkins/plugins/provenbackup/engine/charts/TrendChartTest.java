package io.jenkins.plugins.provenbackup.engine.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.provenbackup.engine.charts.TrendChart.Series;
import io.jenkins.plugins.provenbackup.engine.charts.TrendChart.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendChartTest {

    private static final OptionalLong NONE = OptionalLong.empty();

    @Test
    void barsOfAPointStandSideBySideFromZero() throws Exception {
        Seen seen = Seen.of(
                chart(List.of("#1", "#2"), bars("New", Tone.FIRST, 1000, 500), bars("Stored", Tone.SECOND, 500, 0)));

        assertThat(seen.bars()).containsExactly("115 8 25.8x188", "143 102 25.8x94", "313 102 25.8x94");
        assertThat(seen.texts("li", "")).containsExactly("New", "Stored");
        assertThat(seen.texts("text", "pb-chart__tick"))
                .containsExactly("0", "200", "400", "600", "800", "1,000", "#2", "#1");
    }

    @Test
    void aSinglePointStandsInTheMiddle() throws Exception {
        Seen seen = Seen.of(chart(List.of("#7"), bars("New", Tone.FIRST, 10)));

        assertThat(seen.bars()).containsExactly("217.5 8 25.8x188");
        assertThat(seen.elements("ul", "pb-chart__legend")).isEmpty();
    }

    @Test
    void aLineIsInterruptedWhereAValueIsMissing() throws Exception {
        Seen seen = Seen.of(chart(
                List.of("#1", "#2", "#3", "#4"),
                new Series("RTO", Shape.LINE, Tone.FIRST, List.of(of(10), of(5), NONE, of(10)))));

        assertThat(seen.elements("path", "pb-chart__line"))
                .singleElement()
                .satisfies(line -> assertThat(line.getAttribute("d")).isEqualTo("M75.1 8L179.4 102M387.9 8"));
        assertThat(seen.elements("circle", "pb-chart__dot")).hasSize(3);
        assertThat(seen.rows()).contains("#3 | –");
    }

    @Test
    void aLimitHoldsForItsWholePointAndMayChange() throws Exception {
        Seen seen = Seen.of(chart(
                List.of("#1", "#2"),
                new Series("RTO", Shape.LINE, Tone.FIRST, List.of(of(1), of(2))),
                new Series("Objective", Shape.LIMIT, Tone.BAD, List.of(of(5), of(10)))));

        assertThat(seen.elements("path", "pb-chart__limit"))
                .singleElement()
                .satisfies(line -> assertThat(line.getAttribute("d")).isEqualTo("M23 102L231.5 102L231.5 8L440 8"));
        assertThat(seen.elements("span", "pb-chart__key--limit")).hasSize(1);
    }

    @Test
    void pointingAtABuildTellsItsNumbers() throws Exception {
        Seen seen = Seen.of(chart(List.of("#1"), bars("New", Tone.FIRST, 1000), bars("Stored", Tone.SECOND, 7)));

        assertThat(seen.texts("title", "")).contains("#1\nNew: 1,000\nStored: 7");
    }

    @Test
    void manyPointsAreLabelledAtEvenDistancesWithTheNewestAmongThem() throws Exception {
        List<String> points =
                IntStream.rangeClosed(971, 1000).mapToObj(build -> "#" + build).toList();
        Seen seen = Seen.of(chart(
                points,
                bars("New", Tone.FIRST, IntStream.range(1, 31).mapToLong(i -> i).toArray())));

        List<String> labels = seen.texts("text", "pb-chart__tick").stream()
                .filter(label -> label.startsWith("#"))
                .toList();
        assertThat(labels).startsWith("#1000", "#996", "#992").hasSize(8);
        assertThat(seen.bars()).hasSize(30);
    }

    @Test
    void whatIsAllZeroHasAnAxisOfItsOwn() throws Exception {
        Seen seen = Seen.of(chart(List.of("#1", "#2"), bars("New", Tone.FIRST, 0, 0)));

        assertThat(seen.bars()).isEmpty();
        assertThat(seen.texts("text", "pb-chart__tick")).containsExactly("0", "#2", "#1");
        assertThat(seen.rows()).contains("#1 | 0");
    }

    @Test
    void saysSoWhenThereIsNothing() throws Exception {
        Seen seen = Seen.of(chart(List.of(), bars("New", Tone.FIRST)));

        assertThat(seen.texts("p", "pb-chart__none")).containsExactly("Nothing to show yet");
    }

    @Test
    void theTableBehindItHasTheNewestFirst() throws Exception {
        Seen seen =
                Seen.of(chart(List.of("#1", "#2"), bars("New", Tone.FIRST, 1, 2), bars("Stored", Tone.SECOND, 3, 4)));

        assertThat(seen.rows()).containsExactly("Build | New | Stored", "#2 | 2 | 4", "#1 | 1 | 3");
    }

    @Test
    void eachSeriesHasAPlaceForEachPoint() {
        assertThatThrownBy(() -> chart(List.of("#1"), bars("New", Tone.FIRST, 1, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("New has 2 values for 1 points");
    }

    private static TrendChart chart(List<String> points, Series... series) {
        return new TrendChart("Trend", "From build to build", "Build", Unit.COUNT, points, List.of(series));
    }

    private static Series bars(String name, Tone tone, long... values) {
        return new Series(
                name,
                Shape.BARS,
                tone,
                Arrays.stream(values).mapToObj(OptionalLong::of).toList());
    }

    private static OptionalLong of(long value) {
        return OptionalLong.of(value);
    }
}
