package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import io.jenkins.plugins.provenbackup.engine.Amounts;
import io.jenkins.plugins.provenbackup.engine.browse.FileHistory;

/** A file, or a job by its configuration, in one recovery point. Immutable. */
public final class VersionRow {

    private final PointRow point;
    private final String size;
    private final boolean isThere;
    private final String change;
    private final String before;
    private final int builds;

    VersionRow(FileHistory.Version version, String before, int builds) {
        this.point = PointRow.of(version.snapshot());
        this.isThere = version.entry().isPresent();
        this.size =
                version.entry().map(entry -> Amounts.size(entry.node().size())).orElse("");
        this.change = version.change()
                .map(kind -> switch (kind) {
                    case ADDED -> Messages.VersionRow_added();
                    case REMOVED -> Messages.VersionRow_removed();
                    case TYPE, CONTENT -> Messages.VersionRow_changed();
                    case METADATA -> Messages.VersionRow_touched();
                })
                .orElse("");
        this.before = before;
        this.builds = builds;
    }

    public PointRow getPoint() {
        return point;
    }

    public String getLength() {
        return size;
    }

    public boolean isThere() {
        return isThere;
    }

    /** How it differs from the point before; empty when it does not. */
    public String getChange() {
        return change;
    }

    /** Id of the point before; empty for the first. */
    public String getBefore() {
        return before;
    }

    /** How many builds the job has there. */
    public int getBuilds() {
        return builds;
    }
}
