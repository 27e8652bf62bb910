package io.jenkins.plugins.provenbackup.engine.charts;

import java.util.Locale;
import java.util.OptionalLong;

/** The frame of a chart: caption, legend, drawing, table of the numbers. */
final class ChartFigure {

    private final String id;
    private final ChartWords words;
    private final Markup markup = new Markup();

    ChartFigure(String id, ChartWords words) {
        this.id = id;
        this.words = words;
    }

    String of(Chart chart) {
        markup.open("figure", "class", "pb-chart", "id", id);
        markup.element("figcaption", chart.title(), "class", "pb-chart__title");
        if (chart instanceof TrendChart trend) {
            draw(trend);
        } else if (chart instanceof BarChart bars) {
            draw(bars);
        } else if (chart instanceof CalendarChart calendar) {
            draw(calendar);
        }
        return markup.close().toString();
    }

    private void draw(TrendChart chart) {
        if (chart.isEmpty()) {
            none();
            return;
        }
        if (chart.series().size() > 1) {
            legend(chart);
        }
        new TrendDrawing(chart, markup).draw(id);
        beginTable(chart.title());
        markup.open("tr").element("th", chart.head(), "scope", "col");
        chart.series().forEach(one -> markup.element("th", one.name(), "scope", "col"));
        markup.close().close().open("tbody");
        for (int point = chart.points().size() - 1; point >= 0; point--) {
            markup.open("tr").element("th", chart.points().get(point), "scope", "row");
            for (TrendChart.Series one : chart.series()) {
                OptionalLong value = one.values().get(point);
                markup.element("td", value.isPresent() ? chart.unit().text(value.getAsLong()) : "–");
            }
            markup.close();
        }
        endTable();
    }

    private void draw(BarChart chart) {
        if (chart.bars().isEmpty()) {
            none();
            return;
        }
        new BarDrawing(chart, markup).draw(id);
        beginTable(chart.title());
        markup.open("tr").element("th", chart.head(), "scope", "col");
        markup.element("th", chart.title(), "scope", "col").close().close().open("tbody");
        for (BarChart.Bar bar : chart.bars()) {
            markup.open("tr")
                    .element("th", bar.name(), "scope", "row")
                    .element("td", bar.text())
                    .close();
        }
        endTable();
    }

    private void draw(CalendarChart chart) {
        new CalendarDrawing(chart, markup).draw(id);
        beginTable(chart.title());
        markup.open("tr").element("th", chart.head(), "scope", "col");
        markup.element("th", chart.title(), "scope", "col").close().close().open("tbody");
        for (int day = chart.days().size() - 1; day >= 0; day--) {
            markup.open("tr")
                    .element("th", chart.days().get(day).date().toString(), "scope", "row")
                    .element("td", chart.days().get(day).text())
                    .close();
        }
        endTable();
    }

    private void legend(TrendChart chart) {
        markup.open("ul", "class", "pb-chart__legend");
        for (TrendChart.Series one : chart.series()) {
            String shape = " pb-chart__key--" + one.shape().name().toLowerCase(Locale.ROOT);
            markup.open("li")
                    .empty("span", "class", "pb-chart__key " + one.tone().cssClass() + shape, "aria-hidden", "true")
                    .text(one.name())
                    .close();
        }
        markup.close();
    }

    private void none() {
        markup.element("p", words.none(), "class", "pb-chart__none");
    }

    /** Wide tables scroll by themselves; a keyboard must be able to do that too. */
    private void beginTable(String title) {
        markup.open("details", "class", "pb-chart__numbers").element("summary", words.numbers());
        markup.open("div", "class", "pb-chart__scroll", "tabindex", "0", "role", "group", "aria-label", title);
        markup.open("table").open("thead");
    }

    private void endTable() {
        markup.close().close().close().close();
    }
}
