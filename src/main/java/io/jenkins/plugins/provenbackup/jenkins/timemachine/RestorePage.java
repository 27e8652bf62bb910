package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import hudson.model.Item;
import io.jenkins.plugins.provenbackup.engine.catalog.Entry;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryType;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import io.jenkins.plugins.provenbackup.engine.source.home.HomePlace;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What a restore would do, before it is begun. Immutable. */
public final class RestorePage {

    private final PointRow point;
    private final EntryPath path;
    private final boolean isItem;
    private final boolean isDirectory;
    private final boolean isAdministrator;
    private final boolean isPutBack;
    private final String present;
    private final String parent;

    private RestorePage(PointRow point, HomePlace place, boolean isDirectory, Sight sight) {
        this.point = point;
        this.path = place.path();
        this.isDirectory = isDirectory;
        this.isItem = isDirectory && place.isItem() && !place.isPartOfComputed();
        this.isAdministrator = sight.isAdministrator();
        boolean isConfiguration = place.item()
                .filter(item -> path.toString().equals(item + "/config.xml"))
                .isPresent();
        this.isPutBack = !isDirectory && !place.isSecret() && place.build().isEmpty() && !isConfiguration;
        this.present =
                isItem ? PresentItems.of(place.items()).map(Item::getFullName).orElse("") : "";
        this.parent = isItem
                ? PresentItems.groupOf(place.items())
                        .map(group -> group.getFullDisplayName())
                        .orElse("")
                : "";
    }

    /** Reads it for the one that the calling thread acts for. */
    static RestorePage of(OpenHome home, String id, EntryPath path) throws IOException, InterruptedException {
        Sight sight = Sight.current();
        Snapshot point = NothingThereException.unless(sight.restores(path), home, id);
        if (!sight.isOpenTo(home, point, path)) {
            throw new NothingThereException();
        }
        Optional<Entry> entry = path.isRoot() ? Optional.empty() : home.find(point, path);
        if (!path.isRoot() && entry.isEmpty()) {
            throw new NothingThereException();
        }
        boolean isDirectory = path.isRoot() || entry.orElseThrow().node().type() == EntryType.DIRECTORY;
        return new RestorePage(PointRow.of(point), HomePlace.of(path), isDirectory, sight);
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

    /** Whether it can come back as a job or folder. */
    public boolean isItem() {
        return isItem;
    }

    /** Whether it can go to its place as a file. */
    public boolean isPutBack() {
        return isPutBack && isAdministrator;
    }

    public boolean isDirectory() {
        return isDirectory;
    }

    public boolean isAdministrator() {
        return isAdministrator;
    }

    /** Full name of the job that is there now; empty when it is gone. */
    public String getPresent() {
        return present;
    }

    /** The folder that it belongs in; empty for Jenkins itself, or when it is gone. */
    public String getParent() {
        return parent;
    }

    /** Its name. */
    public String getName() {
        return path.isRoot() ? "" : Sight.nameOf(path);
    }
}
