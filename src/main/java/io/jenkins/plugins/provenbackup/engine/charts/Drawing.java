package io.jenkins.plugins.provenbackup.engine.charts;

import static io.jenkins.plugins.provenbackup.engine.charts.Markup.at;

/** How every drawing begins. */
final class Drawing {

    private Drawing() {}

    /** Opens the element, which scales to the room that it gets and is read aloud as one picture. */
    static void begin(Markup markup, String id, Chart chart, double width, double height) {
        markup.open(
                "svg",
                "class",
                "pb-chart__drawing",
                "viewBox",
                "0 0 " + at(width) + " " + at(height),
                "role",
                "img",
                "aria-labelledby",
                id + "-title " + id + "-description");
        markup.element("title", chart.title(), "id", id + "-title");
        markup.element("desc", chart.description(), "id", id + "-description");
    }
}
