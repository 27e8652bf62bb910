package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import io.jenkins.plugins.provenbackup.engine.Amounts;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;

/** A recovery point, as pages show it. Immutable. */
public final class PointRow {

    private final String id;
    private final String brief;
    private final Instant time;
    private final String kind;
    private final long files;
    private final String size;
    private final int copies;

    private PointRow(Snapshot point) {
        id = point.id().hex();
        brief = point.id().brief();
        time = point.manifest().start();
        kind = point.manifest().kind().name().toLowerCase(Locale.ROOT);
        files = point.manifest().totals().files();
        size = Amounts.size(point.manifest().totals().bytes());
        copies = point.replicas().size();
    }

    static PointRow of(Snapshot point) {
        return new PointRow(point);
    }

    /** All of it, in hexadecimal digits. */
    public String getId() {
        return id;
    }

    /** The beginning of the id. */
    public String getBrief() {
        return brief;
    }

    /** When the backup began. */
    public Date getTime() {
        return Date.from(time);
    }

    /** {@code full}, {@code incremental} or {@code differential}. */
    public String getKind() {
        return kind;
    }

    public long getFiles() {
        return files;
    }

    public String getLength() {
        return size;
    }

    /** At how many destinations it is. */
    public int getCopies() {
        return copies;
    }
}
