package io.jenkins.plugins.provenbackup.engine.compliance.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A number over time, the coarser the longer ago: of the last two days one an hour, of two months four a day, before that one a
 * day, up to about 400 days. Of what falls together the highest stays. Some 700 points at most. Immutable.
 */
public final class Series {

    /** Nothing yet. */
    public static final Series EMPTY = new Series(new long[0], new long[0]);

    private static final long HOUR = Duration.ofHours(1).toSeconds();
    private static final long DAY = 24 * HOUR;
    private static final long RECENT = 2 * DAY;
    private static final long MIDDLE = 60 * DAY;
    private static final long LONGEST = 400 * DAY;

    private final long[] seconds;
    private final long[] values;

    /**
     * A number at a time.
     *
     * @param time to the second
     * @param value 0 and more
     */
    public record Point(Instant time, long value) {}

    private Series(long[] seconds, long[] values) {
        this.seconds = seconds;
        this.values = values;
    }

    /** From points, oldest first. */
    public static Series of(List<Point> points) {
        return new Series(
                points.stream().mapToLong(one -> one.time().getEpochSecond()).toArray(),
                points.stream().mapToLong(Point::value).toArray());
    }

    /** All that is kept, oldest first. */
    public List<Point> points() {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < seconds.length; i++) {
            points.add(new Point(Instant.ofEpochSecond(seconds[i]), values[i]));
        }
        return points;
    }

    /** Those since a time, oldest first. */
    public List<Point> since(Instant time) {
        return points().stream().filter(one -> !one.time().isBefore(time)).toList();
    }

    /** Whether there is anything that young. */
    boolean isSince(Instant time) {
        return seconds.length > 0 && seconds[seconds.length - 1] >= time.getEpochSecond();
    }

    /** With one more; one that is older than the newest is left out, since a clock was set back. */
    public Series with(Instant time, long value) {
        long now = time.getEpochSecond();
        if (seconds.length > 0 && seconds[seconds.length - 1] > now) {
            return this;
        }
        long[] newSeconds = new long[seconds.length + 1];
        long[] newValues = new long[seconds.length + 1];
        int count = 0;
        for (int i = 0; i < seconds.length; i++) {
            count = put(newSeconds, newValues, count, seconds[i], values[i], now);
        }
        count = put(newSeconds, newValues, count, now, value, now);
        return new Series(Arrays.copyOf(newSeconds, count), Arrays.copyOf(newValues, count));
    }

    private static int put(long[] toSeconds, long[] toValues, int count, long second, long value, long now) {
        if (now - second > LONGEST) {
            return count;
        }
        long width = now - second <= RECENT ? HOUR : now - second <= MIDDLE ? 6 * HOUR : DAY;
        if (count > 0 && toSeconds[count - 1] / width == second / width) {
            toSeconds[count - 1] = second;
            toValues[count - 1] = Math.max(toValues[count - 1], value);
            return count;
        }
        toSeconds[count] = second;
        toValues[count] = value;
        return count + 1;
    }
}
