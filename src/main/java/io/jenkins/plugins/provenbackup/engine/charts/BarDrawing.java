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
        double top = 0;
        for (BarChart.Bar bar : chart.bars()) {
            draw(bar, top);
            top += ROW;
        }
        markup.close();
    }

    private void lines() {
        double bottom = height - BOTTOM + 2;
        double taken = -GAP;
        for (long tick : axis.ticks()) {
            double x = x(tick);
            markup.empty(
                    "line", "class", "pb-chart__grid", "x1", at(x), "x2", at(x), "y1", "0", "y2", at(bottom));
            String label = axis.unit().tick(tick);
            double width = TextWidth.of(label);
            double left = tick == 0 ? 0 : tick == axis.end() ? WIDTH - width : x - width / 2;
            if (left >= taken + GAP / 2 && (tick == axis.end() || left + width <= WIDTH - TextWidth.of(axis.unit().tick(axis.end())) - GAP / 2)) {
                String anchor = tick == 0 ? "start" : tick == axis.end() ? "end" : "middle";
                markup.element("text", label, "class", "pb-chart__tick", "x", at(x), "y", at(bottom + 14), "text-anchor", anchor);
                taken = left + width;
            }
        }
    }

    private void draw(BarChart.Bar bar, double top) {
        double room = WIDTH - TextWidth.of(bar.text()) - GAP;
        markup.open("g", "class", "pb-chart__item").element("title", bar.name() + ": " + bar.text());
        markup.empty(
                "rect", "class", "pb-chart__hit", "x", "0", "y", at(top), "width", at(WIDTH), "height", at(ROW - 4));
        markup.element(
                "text", TextWidth.cut(bar.name(), room), "class", "pb-chart__name", "x", "0", "y", at(top + 14));
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
        bar.limit().ifPresent(limit -> markup.empty(
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
