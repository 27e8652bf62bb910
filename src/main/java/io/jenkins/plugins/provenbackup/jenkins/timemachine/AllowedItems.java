package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import io.jenkins.plugins.provenbackup.engine.files.TreeDeletion;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Takes out of a staged folder what whoever restores it could not restore by itself: jobs in it that are hidden from them now or were
 * then, and those whose secrets are not theirs to use. Without this a folder that comes back by another name would bring copies of
 * them all. For one thread.
 */
final class AllowedItems {

    private final OpenHome home;
    private final Snapshot point;
    private final Sight sight;

    AllowedItems(OpenHome home, Snapshot point, Sight sight) {
        this.home = home;
        this.point = point;
        this.sight = sight;
    }

    /**
     * Deletes what is not allowed.
     *
     * @param item the folder's path in the snapshot
     * @param staged its directory
     * @return whether everything is still there
     */
    boolean keep(EntryPath item, Path staged) throws IOException, InterruptedException {
        if (sight.isAdministrator()) {
            return true;
        }
        boolean isAll = true;
        for (String container : NewItem.CONTAINERS) {
            EntryPath inside = item.child(container.getBytes(StandardCharsets.UTF_8));
            for (Path child : MovedFiles.children(staged.resolve(container))) {
                EntryPath path = inside.child(RawNames.nameOf(child));
                if (sight.restores(path) && sight.isOpenTo(home, point, path) && maySecrets(path, child)) {
                    isAll &= keep(path, child);
                } else {
                    TreeDeletion.run(child);
                    isAll = false;
                }
            }
        }
        return isAll;
    }

    /** Whether the secrets in a job's configuration, if there are any, may be used in a copy of it. */
    boolean maySecrets(EntryPath item, Path staged) throws IOException {
        return sight.configures(item) || !NewItem.holdsSecrets(staged.resolve("config.xml"));
    }
}
