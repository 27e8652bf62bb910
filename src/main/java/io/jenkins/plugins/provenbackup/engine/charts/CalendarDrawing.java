package io.jenkins.plugins.provenbackup.engine.charts;

import static io.jenkins.plugins.provenbackup.engine.charts.Markup.at;

import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.Locale;

/** Squares of days in columns of weeks, below the names of the months. */
final class CalendarDrawing {

    private static final double CELL = 13;
    private static final double SIDE = 11;
    private static final double TOP = 18;
    private static final int WEEK = 7;

    private final CalendarChart chart;
    private final Markup markup;

    CalendarDrawing(CalendarChart chart, Markup markup) {
        this.chart = chart;
        this.markup = markup;
    }

    void draw(String id) {
        int offset = chart.days().isEmpty() ? 0 : weekday(chart.days().get(0).date());
        int weeks = (offset + chart.days().size() + WEEK - 1) / WEEK;
        Drawing.begin(markup, id, chart, Math.max(1, weeks) * CELL, TOP + WEEK * CELL);
        double free = 0;
        for (int i = 0; i < chart.days().size(); i++) {
            CalendarChart.Day day = chart.days().get(i);
            int week = (offset + i) / WEEK;
            double x = week * CELL;
            if (day.date().getDayOfMonth() <= WEEK && weekday(day.date()) == 0 && x >= free) {
                String month = day.date().getMonth().getDisplayName(TextStyle.SHORT, Locale.ROOT);
                markup.element("text", month, "class", "pb-chart__tick", "x", at(x), "y", "11");
                free = x + TextWidth.of(month) + 4;
            }
            draw(day, x, TOP + (offset + i) % WEEK * CELL);
        }
        markup.close();
    }

    private void draw(CalendarChart.Day day, double x, double y) {
        String kind = day.mark().name().toLowerCase(Locale.ROOT);
        markup.open("g", "class", "pb-chart__item").element("title", day.date() + ": " + day.text());
        markup.empty(
                "rect",
                "class",
                "pb-day pb-day--" + kind,
                "x",
                at(x),
                "y",
                at(y),
                "width",
                at(SIDE),
                "height",
                at(SIDE),
                "rx",
                "2");
        if (day.mark() == CalendarChart.Mark.MISSING) {
            markup.empty("path", "class", "pb-day__cross", "d", "M" + at(x + 3) + " " + at(y + 3) + "l5 5m0 -5l-5 5");
        } else if (day.mark() == CalendarChart.Mark.PART) {
            markup.empty("path", "class", "pb-day__half", "d", "M" + at(x) + " " + at(y + SIDE) + "l11 -11v11z");
        }
        markup.close();
    }

    private static int weekday(LocalDate date) {
        return date.getDayOfWeek().getValue() - 1;
    }
}
