package io.jenkins.plugins.provenbackup.engine.charts;

/** Something that can be drawn. Immutable. */
public sealed interface Chart permits BarChart, CalendarChart, TrendChart {

    /** What the numbers are about, in a few words. */
    String title();

    /** What is to be seen, in a sentence, for those who cannot see it. */
    String description();

    /**
     * The chart as an element {@code figure} of HTML: caption, legend, drawing, table of the numbers. Names in it may be anything.
     *
     * @param id unique in the page; letters, digits and hyphens
     */
    default String figure(String id, ChartWords words) {
        return new ChartFigure(id, words).of(this);
    }
}
