package io.jenkins.plugins.provenbackup.engine.compliance.history;

import io.jenkins.plugins.provenbackup.engine.policy.Control;
import java.time.Duration;
import java.time.Instant;

/**
 * A time through which a promise had one verdict.
 *
 * @param verdict that it had
 * @param objective what was promised
 * @param actual what was found at its end
 * @param begin the first look that found so
 * @param end the last look that found so, or the next look if that found something else
 * @param isOpen whether the next look can lengthen it
 */
public record Stretch(
        Control.Verdict verdict, String objective, String actual, Instant begin, Instant end, boolean isOpen) {

    static Stretch begin(Control control, Instant now) {
        return new Stretch(control.verdict(), control.objective(), control.actual(), now, now, true);
    }

    /** Whether what was found is the same judgement on the same promise. */
    boolean goesOn(Control control) {
        return isOpen && verdict == control.verdict() && objective.equals(control.objective());
    }

    Stretch until(Control control, Instant now) {
        return new Stretch(verdict, objective, control.actual(), begin, now, true);
    }

    /** Ends where the next one begins. */
    Stretch closed(Instant now) {
        return new Stretch(verdict, objective, actual, begin, now, false);
    }

    /** Ends where nobody looked any more. */
    Stretch abandoned() {
        return new Stretch(verdict, objective, actual, begin, end, false);
    }

    /** How much of it lies in a period. */
    public Duration within(Instant from, Instant to) {
        Instant first = begin.isBefore(from) ? from : begin;
        Instant last = end.isAfter(to) ? to : end;
        return first.isBefore(last) ? Duration.between(first, last) : Duration.ZERO;
    }

    /** Whether any of it, even an instant, lies in a period. */
    public boolean touches(Instant from, Instant to) {
        return !begin.isAfter(to) && !end.isBefore(from);
    }
}
