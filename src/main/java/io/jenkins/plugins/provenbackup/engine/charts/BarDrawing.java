package io.jenkins.plugins.provenbackup.engine.charts;

import static io.jenkins.plugins.provenbackup.engine.charts.Markup.at;

/** Bars from left to right, each below its name and number, over the lines of a common axis. */
final class BarDrawing {

    private static final double WIDTH = 440;
    private static final double ROW = 42;
    private static final double BAR_TOP = 20;
    private static final double BAR = 12;
    private static final double BOTTOM = 22;
    private static final double GAP = 16;

    private final BarChart chart;
    private final Markup markup;
    private final Axis axis;
    private final double height;

    BarDrawing(BarChart chart, Markup markup) {
        this.chart = chart;
        this.markup = markup;
        this.axis = Axis.upTo(chart.highest(), chart.unit());
        this.height = chart.bars().size() * ROW + BOTTOM;
    }

    void draw(String id) {
        Drawing.begin(markup, id, chart, WIDTH, height);
        lines();
        labels();
        double top = 0;
        for (BarChart.Bar bar : chart.bars()) {
            draw(bar, top);
            top += ROW;
        }
        markup.close();
    }

    /** Behind the bars alone: names and numbers stay free of lines. */
    private void lines() {
        for (int row = 0; row < chart.bars().size(); row++) {
            double top = row * ROW + BAR_TOP;
            for (long tick : axis.ticks()) {
                String x = at(x(tick));
                markup.empty(
                        "line",
                        "class",
                        tick == 0 ? "pb-chart__base" : "pb-chart__grid",
                        "x1",
                        x,
                        "x2",
                        x,
                        "y1",
                        at(top - 2),
                        "y2",
                        at(top + BAR + 2));
            }
        }
    }

    /** The first and the last for sure, others where there is room between them. */
    private void labels() {
        String last = axis.label(axis.end());
        double end = WIDTH - TextWidth.of(last) - GAP / 2;
        double free = 0;
        for (long tick : axis.ticks()) {
            String label = axis.label(tick);
            double half = TextWidth.of(label) / 2;
            if (tick == 0) {
                label(label, x(tick), "start");
                free = 2 * half + GAP / 2;
            } else if (tick == axis.end()) {
                label(label, x(tick), "end");
            } else if (x(tick) - half >= free && x(tick) + half <= end) {
                label(label, x(tick), "middle");
                free = x(tick) + half + GAP / 2;
            }
        }
    }

    private void label(String label, double x, String anchor) {
        markup.element(
                "text", label, "class", "pb-chart__tick", "x", at(x), "y", at(height - 6), "text-anchor", anchor);
    }

    private void draw(BarChart.Bar bar, double top) {
        double room = WIDTH - TextWidth.of(bar.text()) - GAP;
        markup.open("g", "class", "pb-chart__item").element("title", bar.name() + ": " + bar.text());
        markup.empty(
                "rect", "class", "pb-chart__hit", "x", "0", "y", at(top), "width", at(WIDTH), "height", at(ROW - 4));
        markup.element("text", TextWidth.cut(bar.name(), room), "class", "pb-chart__name", "x", "0", "y", at(top + 14));
        markup.element(
                "text",
                bar.text(),
                "class",
                "pb-chart__value",
                "x",
                at(WIDTH),
                "y",
                at(top + 14),
                "text-anchor",
                "end");
        if (bar.value() > 0) {
            markup.empty(
                    "rect",
                    "class",
                    "pb-chart__bar " + bar.tone().cssClass(),
                    "x",
                    "0",
                    "y",
                    at(top + BAR_TOP),
                    "width",
                    at(Math.max(1, x(bar.value()))),
                    "height",
                    at(BAR),
                    "rx",
                    "2");
        }
        bar.limit()
                .ifPresent(limit -> markup.empty(
                        "line",
                        "class",
                        "pb-chart__limit",
                        "x1",
                        at(x(limit)),
                        "x2",
                        at(x(limit)),
                        "y1",
                        at(top + BAR_TOP - 3),
                        "y2",
                        at(top + BAR_TOP + BAR + 3)));
        markup.close();
    }

    /** Half a line's width from either edge, so that the outer lines are not cut. */
    private double x(long value) {
        return 0.5 + (WIDTH - 1) * axis.part(value);
    }
}
