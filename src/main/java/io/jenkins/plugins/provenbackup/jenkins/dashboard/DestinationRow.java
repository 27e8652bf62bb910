package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import io.jenkins.plugins.provenbackup.engine.charts.Unit;
import io.jenkins.plugins.provenbackup.engine.compliance.history.Forecast;
import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation;
import io.jenkins.plugins.provenbackup.engine.compliance.history.PolicyHistory;
import io.jenkins.plugins.provenbackup.engine.policy.Elapsed;
import java.time.Duration;
import java.util.Optional;

/** A destination, as a policy's page shows it. Immutable. */
public final class DestinationRow {

    private static final Duration FORESEEN = Duration.ofDays(3650);

    private final Observation.DestinationSeen seen;
    private final Optional<Forecast> forecast;
    private final long points;

    DestinationRow(Observation.DestinationSeen seen, PolicyHistory history, Observation all) {
        this.seen = seen;
        this.forecast = Forecast.of(history.number(PolicyHistory.bytesAt(seen.name())), seen.free(), all.time());
        this.points = all.sources().stream()
                .flatMap(source -> source.points().stream())
                .filter(point -> point.complete().contains(seen.name()))
                .count();
    }

    /** Its name. */
    public String getName() {
        return seen.name();
    }

    /** Whether it answers. */
    public Light getLight() {
        return seen.isReached() ? Light.GOOD : Light.BAD;
    }

    /** Why it does not; empty when it does. */
    public String getProblem() {
        return seen.problem().orElse("");
    }

    /** Recovery points that are whole there. */
    public String getPoints() {
        return seen.isReached() ? Unit.COUNT.text(points) : "–";
    }

    /** Bytes of the repository, of all that shares it. */
    public String getSpace() {
        return seen.isReached() ? Unit.BYTES.text(seen.bytes()) : "–";
    }

    /** Room that is left. */
    public String getFree() {
        return seen.free().isPresent() ? Unit.BYTES.text(seen.free().getAsLong()) : Messages.DestinationRow_notKnown();
    }

    /** Bytes by which it grows each day. */
    public String getGrowth() {
        return forecast.map(one -> Messages.DestinationRow_perDay(
                        (one.bytesPerDay() < 0 ? "−" : "+") + Unit.BYTES.text(Math.abs(one.bytesPerDay()))))
                .orElse(Messages.DestinationRow_tooEarly());
    }

    /** What there will be in three months, and how long the room lasts. */
    public String getForecast() {
        return forecast.map(one -> Messages.DestinationRow_in90Days(Unit.BYTES.text(one.in90Days()))
                        + one.full().map(time -> "; " + full(time)).orElse(""))
                .orElse("");
    }

    /** Nobody can tell a day that is so far away. */
    private static String full(Duration time) {
        return time.compareTo(FORESEEN) > 0
                ? Messages.DestinationRow_fullMuchLater()
                : Messages.DestinationRow_full(Elapsed.text(time));
    }
}
