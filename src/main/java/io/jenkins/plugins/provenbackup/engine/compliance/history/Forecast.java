package io.jenkins.plugins.provenbackup.engine.compliance.history;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How the bytes at a destination grow, by a straight line through the last month.
 *
 * @param bytesPerDay may be negative
 * @param in90Days bytes that there will be, 0 and more
 * @param full how long the room that is left lasts; empty when it is not known, or nothing grows
 */
public record Forecast(long bytesPerDay, long in90Days, Optional<Duration> full) {

    private static final Duration WINDOW = Duration.ofDays(30);
    private static final Duration LEAST = Duration.ofDays(2);
    private static final double SECONDS_PER_DAY = Duration.ofDays(1).toSeconds();

    /**
     * The forecast.
     *
     * @param bytes over time
     * @param free bytes of room that are left now
     * @return empty when fewer than two days are known
     */
    public static Optional<Forecast> of(Series bytes, OptionalLong free, Instant now) {
        List<Series.Point> points = bytes.since(now.minus(WINDOW));
        if (points.size() < 2) {
            return Optional.empty();
        }
        Series.Point last = points.get(points.size() - 1);
        if (Duration.between(points.get(0).time(), last.time()).compareTo(LEAST) < 0) {
            return Optional.empty();
        }
        double perDay = slope(points) * SECONDS_PER_DAY;
        Optional<Duration> full = free.isPresent() && perDay >= 1
                ? Optional.of(Duration.ofSeconds((long) (free.getAsLong() / perDay * SECONDS_PER_DAY)))
                : Optional.empty();
        return Optional.of(new Forecast(Math.round(perDay), Math.max(0, last.value() + Math.round(90 * perDay)), full));
    }

    /** Of the line with the least squares of distances, in bytes for each second. */
    private static double slope(List<Series.Point> points) {
        long begin = points.get(0).time().getEpochSecond();
        double meanX = points.stream()
                .mapToDouble(one -> one.time().getEpochSecond() - begin)
                .average()
                .orElse(0);
        double meanY =
                points.stream().mapToDouble(Series.Point::value).average().orElse(0);
        double above = 0;
        double below = 0;
        for (Series.Point one : points) {
            double x = one.time().getEpochSecond() - begin - meanX;
            above += x * (one.value() - meanY);
            below += x * x;
        }
        return below == 0 ? 0 : above / below;
    }
}
