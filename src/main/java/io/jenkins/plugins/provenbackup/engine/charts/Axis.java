package io.jenkins.plugins.provenbackup.engine.charts;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines at round numbers from zero to at least the highest value.
 *
 * @param ticks where the lines are, 0 first; that alone when all values are 0
 */
record Axis(Unit unit, List<Long> ticks) {

    private static final int MOST_STEPS = 5;

    static Axis upTo(long highest, Unit unit) {
        List<Long> ticks = new ArrayList<>(List.of(0L));
        if (highest > 0) {
            long step = 1;
            while (step < Long.MAX_VALUE / 4 && (highest + step - 1) / step > MOST_STEPS) {
                step = unit.nextStep(step);
            }
            do {
                ticks.add(ticks.size() * step);
            } while (ticks.get(ticks.size() - 1) < highest);
        }
        return new Axis(unit, List.copyOf(ticks));
    }

    long end() {
        return ticks.get(ticks.size() - 1);
    }

    /** Where a value lies between zero and the end, 0 to 1. */
    double part(long value) {
        return end() == 0 ? 0 : (double) value / end();
    }

    double widestLabel() {
        return ticks.stream()
                .mapToDouble(tick -> TextWidth.of(unit.brief(tick)))
                .max()
                .orElse(0);
    }
}
