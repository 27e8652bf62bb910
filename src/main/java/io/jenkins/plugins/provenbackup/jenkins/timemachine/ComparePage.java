package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import io.jenkins.plugins.provenbackup.engine.catalog.Difference;
import io.jenkins.plugins.provenbackup.engine.catalog.Entry;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** In what two recovery points differ. Immutable. */
public final class ComparePage {

    private static final int MOST = 500;

    private final PointRow before;
    private final PointRow after;
    private final EntryPath path;
    private final List<Row> rows;
    private final boolean isCut;

    private ComparePage(PointRow before, PointRow after, EntryPath path, List<Row> rows) {
        this.before = before;
        this.after = after;
        this.path = path;
        this.isCut = rows.size() > MOST;
        this.rows = isCut ? rows.subList(0, MOST) : rows;
    }

    /** Compares for the one that the calling thread acts for; what changed in nothing but time or mode is left out. */
    static ComparePage of(OpenHome home, String from, String to, EntryPath path)
            throws IOException, InterruptedException {
        Sight sight = Sight.current();
        Snapshot before = NothingThereException.unless(sight.sees(path), home, from);
        Snapshot after = home.point(to);
        List<Difference> found = new ArrayList<>();
        home.compare(before, after, path, difference -> {
            if (found.size() <= MOST
                    && difference.kind() != Difference.Kind.METADATA
                    && sight.sees(difference.path())) {
                found.add(difference);
            }
        });
        List<Row> rows = new ArrayList<>();
        for (Difference difference : found) {
            if (sight.isOpenTo(home, before, difference.path()) && sight.isOpenTo(home, after, difference.path())) {
                rows.add(new Row(difference, sight));
            }
        }
        return new ComparePage(PointRow.of(before), PointRow.of(after), path, rows);
    }

    /** A path at which they differ. */
    public static final class Row {

        private final EntryRow entry;
        private final Difference.Kind kind;
        private final String before;
        private final String after;

        Row(Difference difference, Sight sight) {
            Entry shown = difference.after().or(difference::before).orElseThrow();
            this.entry = EntryRow.of(shown, sight);
            this.kind = difference.kind();
            this.before = difference
                    .before()
                    .map(one -> EntryRow.of(one, sight).getLength())
                    .orElse("");
            this.after = difference
                    .after()
                    .map(one -> EntryRow.of(one, sight).getLength())
                    .orElse("");
        }

        public EntryRow getEntry() {
            return entry;
        }

        /** {@code added}, {@code removed} or {@code changed}. */
        public String getStyle() {
            return switch (kind) {
                case ADDED -> "added";
                case REMOVED -> "removed";
                default -> "changed";
            };
        }

        public String getChange() {
            return switch (kind) {
                case ADDED -> Messages.VersionRow_added();
                case REMOVED -> Messages.VersionRow_removed();
                default -> Messages.VersionRow_changed();
            };
        }

        /** Size before. */
        public String getBefore() {
            return before;
        }

        /** Size after. */
        public String getAfter() {
            return after;
        }

        /** Whether the two can be compared line by line. */
        public boolean isComparable() {
            return kind == Difference.Kind.CONTENT && entry.isFile() && !entry.isSecret();
        }
    }

    public PointRow getBefore() {
        return before;
    }

    public PointRow getAfter() {
        return after;
    }

    public String getPath() {
        return path.toString();
    }

    public List<Crumb> getCrumbs() {
        return Crumb.of(path);
    }

    public List<Row> getRows() {
        return rows;
    }

    /** Whether there is more than is shown. */
    public boolean isCut() {
        return isCut;
    }
}
