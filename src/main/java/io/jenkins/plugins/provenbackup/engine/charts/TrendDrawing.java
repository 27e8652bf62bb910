package io.jenkins.plugins.provenbackup.engine.charts;

import static io.jenkins.plugins.provenbackup.engine.charts.Markup.at;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Bars, lines and limits over a row of points, above an axis that begins at zero. */
final class TrendDrawing {

    private static final double WIDTH = 440;
    private static final double HEIGHT = 220;
    private static final double TOP = 8;
    private static final double BOTTOM = HEIGHT - 24;
    private static final double WIDEST_BAR = 28;
    private static final double GAP = 12;
    private static final double MOST_LABEL = 90;

    private final TrendChart chart;
    private final Markup markup;
    private final Axis axis;
    private final double left;
    private final double slot;

    TrendDrawing(TrendChart chart, Markup markup) {
        this.chart = chart;
        this.markup = markup;
        this.axis = Axis.upTo(chart.highest(), chart.unit());
        this.left = Math.ceil(axis.widestLabel()) + 8;
        this.slot = (WIDTH - left) / chart.points().size();
    }

    void draw(String id) {
        Drawing.begin(markup, id, chart, WIDTH, HEIGHT);
        axis.ticks().forEach(this::line);
        labels();
        for (int point = 0; point < chart.points().size(); point++) {
            drawBars(point);
        }
        chart.drawnAs(TrendChart.Shape.LINE).forEach(this::connect);
        chart.drawnAs(TrendChart.Shape.LIMIT).forEach(this::limit);
        markup.close();
    }

    private void line(long tick) {
        String kind = tick == 0 ? "pb-chart__base" : "pb-chart__grid";
        markup.empty("line", "class", kind, "x1", at(left), "x2", at(WIDTH), "y1", at(y(tick)), "y2", at(y(tick)));
        markup.element(
                "text",
                axis.label(tick),
                "class",
                "pb-chart__tick",
                "x",
                at(left - 6),
                "y",
                at(y(tick) + 4),
                "text-anchor",
                "end");
    }

    /** At even distances from the newest backwards, as many as have room. */
    private void labels() {
        double widest = chart.points().stream().mapToDouble(TextWidth::of).max().orElse(0);
        double room = Math.min(widest, MOST_LABEL);
        int step = (int) Math.max(1, Math.ceil((room + GAP) / slot));
        for (int point = chart.points().size() - 1; point >= 0; point -= step) {
            String label = TextWidth.cut(chart.points().get(point), MOST_LABEL);
            double half = TextWidth.of(label) / 2;
            markup.element(
                    "text",
                    label,
                    "class",
                    "pb-chart__tick",
                    "x",
                    at(Math.min(middle(point), WIDTH - half)),
                    "y",
                    at(BOTTOM + 17),
                    "text-anchor",
                    "middle");
        }
    }

    private void drawBars(int point) {
        List<TrendChart.Series> bars = chart.drawnAs(TrendChart.Shape.BARS);
        String told = IntStream.range(0, chart.series().size())
                .mapToObj(chart.series()::get)
                .filter(one -> one.values().get(point).isPresent())
                .map(one -> one.name() + ": "
                        + chart.unit().text(one.values().get(point).getAsLong()))
                .collect(Collectors.joining("\n"));
        markup.open("g", "class", "pb-chart__item")
                .element("title", (chart.points().get(point) + "\n" + told).strip());
        markup.empty(
                "rect",
                "class",
                "pb-chart__hit",
                "x",
                at(left + slot * point),
                "y",
                at(TOP),
                "width",
                at(slot),
                "height",
                at(BOTTOM - TOP));
        double width = bars.isEmpty() ? 0 : Math.min(WIDEST_BAR, slot * 0.8 / bars.size());
        double x = middle(point) - width * bars.size() / 2;
        for (TrendChart.Series one : bars) {
            long value = one.values().get(point).orElse(0);
            if (value > 0) {
                double height = Math.max(1, BOTTOM - y(value));
                markup.empty(
                        "rect",
                        "class",
                        "pb-chart__bar " + one.tone().cssClass(),
                        "x",
                        at(x),
                        "y",
                        at(BOTTOM - height),
                        "width",
                        at(width * 0.92),
                        "height",
                        at(height),
                        "rx",
                        at(Math.min(2, width / 4)));
            }
            x += width;
        }
        markup.close();
    }

    private void connect(TrendChart.Series series) {
        StringBuilder path = new StringBuilder();
        boolean isDown = false;
        for (int point = 0; point < series.values().size(); point++) {
            OptionalLong value = series.values().get(point);
            if (value.isPresent()) {
                path.append(isDown ? 'L' : 'M')
                        .append(at(middle(point)))
                        .append(' ')
                        .append(at(y(value.getAsLong())));
            }
            isDown = value.isPresent();
        }
        markup.empty("path", "class", "pb-chart__line " + series.tone().cssClass(), "d", path.toString());
        for (int point = 0; point < series.values().size(); point++) {
            OptionalLong value = series.values().get(point);
            if (value.isPresent()) {
                markup.empty(
                        "circle",
                        "class",
                        "pb-chart__dot " + series.tone().cssClass(),
                        "cx",
                        at(middle(point)),
                        "cy",
                        at(y(value.getAsLong())),
                        "r",
                        "3");
            }
        }
    }

    /** A limit holds for the whole slot of its point, and may have been another one before. */
    private void limit(TrendChart.Series series) {
        StringBuilder path = new StringBuilder();
        boolean isDown = false;
        for (int point = 0; point < series.values().size(); point++) {
            OptionalLong value = series.values().get(point);
            if (value.isPresent()) {
                String y = at(y(value.getAsLong()));
                path.append(isDown ? 'L' : 'M')
                        .append(at(left + slot * point))
                        .append(' ')
                        .append(y);
                path.append('L')
                        .append(at(left + slot * (point + 1)))
                        .append(' ')
                        .append(y);
            }
            isDown = value.isPresent();
        }
        if (path.length() > 0) {
            markup.empty("path", "class", "pb-chart__limit", "d", path.toString());
        }
    }

    private double middle(int point) {
        return left + slot * (point + 0.5);
    }

    private double y(long value) {
        return BOTTOM - (BOTTOM - TOP) * axis.part(value);
    }
}
