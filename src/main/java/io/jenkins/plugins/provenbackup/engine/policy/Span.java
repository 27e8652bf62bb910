package io.jenkins.plugins.provenbackup.engine.policy;

import java.time.Instant;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stretch of time in the calendar's units, as {@code 2y5m7d3h}.
 *
 * @param period years, months (the {@code m}) and days; weeks are seven days
 * @param hours 0 and up
 */
public record Span(Period period, int hours) {

    private static final Pattern FORM = Pattern.compile(
            "(?:([0-9]{1,4})y)?(?:([0-9]{1,5})m)?(?:([0-9]{1,5})w)?(?:([0-9]{1,6})d)?(?:([0-9]{1,7})h)?");

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Span parse(String text) {
        Matcher m = FORM.matcher(text);
        if (text.isEmpty() || !m.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no span of time: write like 36h, 7d, 4w, 6m or 1y6m (m is months)");
        }
        Period period = Period.of(number(m, 1), number(m, 2), Math.addExact(number(m, 3) * 7, number(m, 4)));
        return new Span(period, number(m, 5));
    }

    /** The moment so long before another. */
    public Instant before(ZonedDateTime time) {
        return time.minus(period).minusHours(hours).toInstant();
    }

    private static int number(Matcher m, int group) {
        return m.group(group) == null ? 0 : Integer.parseInt(m.group(group));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        append(text, period.getYears(), 'y');
        append(text, period.getMonths(), 'm');
        append(text, period.getDays(), 'd');
        append(text, hours, 'h');
        return text.length() == 0 ? "0h" : text.toString();
    }

    private static void append(StringBuilder text, int count, char unit) {
        if (count > 0) {
            text.append(count).append(unit);
        }
    }
}
