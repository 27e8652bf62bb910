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

    /** What stands at a tick: all of one axis in the same unit of time, so that they are compared at a glance. */
    String label(long tick) {
        return ticks.size() < 2 ? unit.brief(tick) : unit.brief(tick, ticks.get(1));
    }

    double widestLabel() {
        return ticks.stream()
                .mapToDouble(tick -> TextWidth.of(label(tick)))
                .max()
                .orElse(0);
    }
}
