package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import io.jenkins.plugins.provenbackup.engine.catalog.Entry;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a directory of a recovery point holds. Immutable. */
public final class DirectoryPage {

    private static final int MOST = 1000;

    private final PointRow point;
    private final EntryPath path;
    private final List<EntryRow> entries;
    private final boolean isCut;
    private final Optional<EntryRow> itself;
    private final boolean isAdministrator;

    private DirectoryPage(
            PointRow point, EntryPath path, List<EntryRow> entries, Optional<EntryRow> itself, Sight sight) {
        this.point = point;
        this.path = path;
        this.isCut = entries.size() > MOST;
        this.entries = isCut ? entries.subList(0, MOST) : entries;
        this.itself = itself;
        this.isAdministrator = sight.isAdministrator();
    }

    /** Reads it for the one that the calling thread acts for. */
    static DirectoryPage of(OpenHome home, String id, EntryPath path) throws IOException, InterruptedException {
        Sight sight = Sight.current();
        Snapshot point = NothingThereException.unless(sight.sees(path), home, id);
        if (!sight.isOpenTo(home, point, path)) {
            throw new NothingThereException();
        }
        Optional<Entry> itself = path.isRoot() ? Optional.empty() : home.find(point, path);
        if (!path.isRoot()
                && itself.filter(one -> one.node().type() == EntryType.DIRECTORY)
                        .isEmpty()) {
            throw new NothingThereException();
        }
        List<EntryRow> directories = new ArrayList<>();
        List<EntryRow> files = new ArrayList<>();
        home.children(point, path, entry -> {
            if (directories.size() + files.size() <= MOST && sight.sees(entry.path())) {
                (entry.node().type() == EntryType.DIRECTORY ? directories : files).add(EntryRow.of(entry, sight));
            }
        });
        directories.addAll(files);
        return new DirectoryPage(
                PointRow.of(point), path, directories, itself.map(entry -> EntryRow.of(entry, sight)), sight);
    }

    public PointRow getPoint() {
        return point;
    }

    public String getPath() {
        return path.toString();
    }

    public List<Crumb> getCrumbs() {
        return Crumb.of(path);
    }

    public List<EntryRow> getEntries() {
        return entries;
    }

    /** Whether there is more than is shown. */
    public boolean isCut() {
        return isCut;
    }

    /** Whether it can be restored: a job or folder by who may, everything by administrators. */
    public boolean isRestorable() {
        return isAdministrator || itself.filter(EntryRow::isRestorable).isPresent();
    }

    /** Whether it is a job or folder that is gone. */
    public boolean isGone() {
        return itself.filter(EntryRow::isGone).isPresent();
    }

    public boolean isItem() {
        return itself.filter(EntryRow::isItem).isPresent();
    }
}
