package io.jenkins.plugins.provenbackup.jenkins.dashboard;

import io.jenkins.plugins.provenbackup.engine.charts.Unit;
import io.jenkins.plugins.provenbackup.engine.compliance.history.Observation.PointSeen;
import java.util.Date;
import java.util.Locale;
import java.util.stream.Collectors;

/** A recovery point, as a policy's page shows it. Immutable. */
public final class PointRow {

    private final String source;
    private final PointSeen point;

    PointRow(String source, PointSeen point) {
        this.source = source;
        this.point = point;
    }

    /** The source's name. */
    public String getSource() {
        return source;
    }

    /** The beginning of the snapshot's id. */
    public String getId() {
        return point.id().substring(0, Math.min(8, point.id().length()));
    }

    /** When its run began. */
    public Date getTime() {
        return Date.from(point.time());
    }

    /** How it was made. */
    public String getKind() {
        return point.kind().name().toLowerCase(Locale.ROOT);
    }

    /** What it holds. Not called size, which is a word of the language in pages. */
    public String getHolds() {
        return Messages.PointRow_size(
                Unit.COUNT.text(point.amounts().files()),
                Unit.BYTES.text(point.amounts().bytes()));
    }

    /** What its run added. */
    public String getStored() {
        return Unit.BYTES.text(point.amounts().stored());
    }

    /** Where it is whole. */
    public String getPlaces() {
        return point.complete().isEmpty()
                ? Messages.PointRow_nowhere()
                : point.complete().stream().sorted().collect(Collectors.joining(", "));
    }
}
