package io.jenkins.plugins.provenbackup.engine.charts;

import java.time.LocalDate;
import java.util.List;

/**
 * A square for each day, a column for each week from Monday to Sunday: at a glance, whether any day is missing.
 *
 * @param head what the days are, for the table of the numbers
 * @param days without a gap, the oldest first
 */
public record CalendarChart(String title, String description, String head, List<Day> days) implements Chart {

    public CalendarChart {
        days = List.copyOf(days);
        for (int i = 1; i < days.size(); i++) {
            if (!days.get(i).date().equals(days.get(i - 1).date().plusDays(1))) {
                throw new IllegalArgumentException(
                        "the days have a gap after " + days.get(i - 1).date());
            }
        }
    }

    /**
     * One day.
     *
     * @param mark how it went
     * @param text the same in words
     */
    public record Day(LocalDate date, Mark mark, String text) {}

    /** How a day went. Each has a shape of its own, so that nobody needs to see colours. */
    public enum Mark {
        /** As it should. */
        FULL,
        /** In part. */
        PART,
        /** Not at all, and it should have. */
        MISSING,
        /** Nothing was to be expected. */
        NONE
    }
}
