package io.jenkins.plugins.provenbackup.engine.charts;

import java.util.List;
import java.util.OptionalLong;

/**
 * A few amounts of one kind, compared: bars from zero, one below the other, each with its name and its number.
 *
 * @param head what the bars are, for the table of the numbers
 */
public record BarChart(String title, String description, String head, Unit unit, List<Bar> bars) implements Chart {

    public BarChart {
        bars = List.copyOf(bars);
    }

    /**
     * One amount.
     *
     * @param value in the chart's unit, 0 and more
     * @param text the amount in words, or more than that
     * @param limit what it is held against; drawn as a line
     */
    public record Bar(String name, long value, String text, Tone tone, OptionalLong limit) {

        public Bar {
            if (value < 0) {
                throw new IllegalArgumentException("a bar begins at zero, so it cannot be " + value);
            }
        }

        /** An amount that is held against nothing. */
        public static Bar of(String name, long value, Unit unit, Tone tone) {
            return new Bar(name, value, unit.text(value), tone, OptionalLong.empty());
        }
    }

    long highest() {
        return bars.stream()
                .mapToLong(bar -> Math.max(bar.value(), bar.limit().orElse(0)))
                .max()
                .orElse(0);
    }
}
