package io.jenkins.plugins.provenbackup.engine.charts;

import java.util.List;
import java.util.OptionalLong;

/**
 * Amounts over time, or over a row of builds, from left to right.
 *
 * @param head what the points are, for the table of the numbers
 * @param points their names, the oldest first
 */
public record TrendChart(
        String title, String description, String head, Unit unit, List<String> points, List<Series> series)
        implements Chart {

    /** All series have a value, or none, for each point. */
    public TrendChart {
        points = List.copyOf(points);
        series = List.copyOf(series);
        for (Series one : series) {
            if (one.values().size() != points.size()) {
                throw new IllegalArgumentException(
                        one.name() + " has " + one.values().size() + " values for " + points.size() + " points");
            }
        }
    }

    /** How a series is drawn. */
    public enum Shape {
        /** Bars from zero, side by side with those of other series. */
        BARS,
        /** Dots that a line connects; a missing value interrupts it. */
        LINE,
        /** A dashed line that the other series are held against. */
        LIMIT
    }

    /**
     * One row of amounts.
     *
     * @param values one for each point, 0 and more
     */
    public record Series(String name, Shape shape, Tone tone, List<OptionalLong> values) {

        public Series {
            values = List.copyOf(values);
            if (values.stream().anyMatch(value -> value.orElse(0) < 0)) {
                throw new IllegalArgumentException("the axis of " + name + " begins at zero");
            }
        }
    }

    boolean isEmpty() {
        return series.stream().allMatch(one -> one.values().stream().allMatch(OptionalLong::isEmpty));
    }

    long highest() {
        return series.stream()
                .flatMap(one -> one.values().stream())
                .mapToLong(value -> value.orElse(0))
                .max()
                .orElse(0);
    }

    List<Series> drawnAs(Shape shape) {
        return series.stream().filter(one -> one.shape() == shape).toList();
    }
}
