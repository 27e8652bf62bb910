package io.jenkins.plugins.provenbackup.engine.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A square for each day, and the same in words. */
class CalendarChartTest {

    private static final LocalDate MONDAY = LocalDate.parse("2026-03-02");

    @Test
    void drawsEachDayAndListsIt() {
        List<CalendarChart.Day> days = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            days.add(new CalendarChart.Day(
                    MONDAY.plusDays(i),
                    i == 3 ? CalendarChart.Mark.MISSING : CalendarChart.Mark.FULL,
                    "day <" + i + ">"));
        }

        String figure = new CalendarChart("Points", "nine of ten", "Day", days).figure("c", ChartWords.ENGLISH);

        assertThat(figure.split("pb-day--full", -1)).hasSize(10);
        assertThat(figure.split("pb-day--missing", -1)).hasSize(2);
        assertThat(figure)
                .contains("pb-day__cross", "nine of ten", "day &lt;3&gt;", "2026-03-05", "<th scope=\"row\">");
    }

    @Test
    void hasNoGaps() {
        List<CalendarChart.Day> days = List.of(
                new CalendarChart.Day(MONDAY, CalendarChart.Mark.FULL, ""),
                new CalendarChart.Day(MONDAY.plusDays(2), CalendarChart.Mark.FULL, ""));

        assertThatIllegalArgumentException().isThrownBy(() -> new CalendarChart("", "", "", days));
    }
}
