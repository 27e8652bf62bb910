package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import io.jenkins.plugins.provenbackup.engine.browse.FileHistory;
import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import io.jenkins.plugins.provenbackup.engine.source.home.HomePlace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A file, or a job, through all recovery points, the newest first. Immutable. */
public final class HistoryPage {

    private final EntryPath path;
    private final EntryPath file;
    private final boolean isItem;
    private final boolean isRestorable;
    private final List<VersionRow> versions;

    private HistoryPage(
            EntryPath path, EntryPath file, boolean isItem, boolean isRestorable, List<VersionRow> versions) {
        this.path = path;
        this.file = file;
        this.isItem = isItem;
        this.isRestorable = isRestorable;
        this.versions = versions;
    }

    /** Reads it for the one that the calling thread acts for; points in which they may not see it are left out. */
    static HistoryPage of(OpenHome home, EntryPath path) throws IOException, InterruptedException {
        Sight sight = Sight.current();
        HomePlace place = HomePlace.of(path);
        boolean isItem = place.isItem();
        EntryPath file = isItem ? path.child("config.xml".getBytes(StandardCharsets.UTF_8)) : path;
        if (path.isRoot() || !sight.sees(path)) {
            throw new NothingThereException();
        }
        List<VersionRow> rows = new ArrayList<>();
        String before = "";
        for (FileHistory.Version version : home.history(file)) {
            Snapshot point = version.snapshot();
            boolean isSeen = version.entry().isPresent() || version.change().isPresent();
            if (isSeen && sight.isOpenTo(home, point, path)) {
                int builds = isItem && version.entry().isPresent() ? builds(home, point, path) : 0;
                rows.add(new VersionRow(version, before, builds));
            }
            before = version.entry().isPresent() ? point.id().hex() : "";
        }
        Collections.reverse(rows);
        return new HistoryPage(
                path, file, isItem, isItem && !place.isPartOfComputed() && sight.restores(path), List.copyOf(rows));
    }

    private static int builds(OpenHome home, Snapshot point, EntryPath job) throws IOException, InterruptedException {
        int[] count = {0};
        home.children(point, job.child("builds".getBytes(StandardCharsets.UTF_8)), entry -> {
            if (HomePlace.of(entry.path()).build().isPresent()) {
                count[0]++;
            }
        });
        return count[0];
    }

    public String getPath() {
        return path.toString();
    }

    /** The file whose versions are shown: a job's configuration, or the path itself. */
    public String getFile() {
        return file.toString();
    }

    public boolean isItem() {
        return isItem;
    }

    public boolean isRestorable() {
        return isRestorable;
    }

    public List<VersionRow> getVersions() {
        return versions;
    }

    public List<Crumb> getCrumbs() {
        return Crumb.of(path);
    }
}
