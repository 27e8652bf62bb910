package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import io.jenkins.plugins.provenbackup.engine.files.TreeDeletion;
import io.jenkins.plugins.provenbackup.engine.restore.RestoreResult;
import io.jenkins.plugins.provenbackup.engine.snapshots.Snapshot;
import io.jenkins.plugins.provenbackup.engine.source.home.HomePlace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Takes out of a staged folder what whoever restores it could not restore by itself: jobs in it that are hidden from them now or were
 * then, and those whose secrets are not theirs to use. Without this a folder that comes back by another name would bring copies of
 * them all. For one thread.
 */
final class AllowedItems {

    private static final Logger LOGGER = Logger.getLogger(AllowedItems.class.getName());

    private final OpenHome home;
    private final Snapshot point;
    private final Sight sight;

    AllowedItems(OpenHome home, Snapshot point, Sight sight) {
        this.home = home;
        this.point = point;
        this.sight = sight;
    }

    /**
     * Of what could not be restored to the staged tree, what matters and what whoever restores may know of: none of it lies in what is
     * taken out again.
     *
     * @param item what was restored
     */
    List<RestoreResult.Failure> known(EntryPath item, RestoreResult result) throws IOException, InterruptedException {
        List<RestoreResult.Failure> known = new ArrayList<>();
        for (RestoreResult.Failure failure : result.failures()) {
            if (sight.isAdministrator() || isAllowed(item, item.resolve(failure.path()))) {
                known.add(failure);
            }
        }
        return known;
    }

    private boolean isAllowed(EntryPath item, EntryPath path) throws IOException, InterruptedException {
        for (EntryPath inner : HomePlace.of(path).items()) {
            boolean isBelow = inner.isWithin(item) && !inner.equals(item);
            if (isBelow && !(sight.restores(inner) && sight.isOpenTo(home, point, inner))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Deletes what is not allowed.
     *
     * @param item the folder's path in the snapshot
     * @param staged its directory
     * @return whether everything is still there
     * @throws IOException when it cannot be deleted, without a word of what that is
     */
    boolean keep(EntryPath item, Path staged) throws IOException, InterruptedException {
        if (sight.isAdministrator()) {
            return true;
        }
        try {
            return keepInside(item, staged);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "What is not for everybody could not be taken out of " + staged);
            throw new IOException(Messages.AllowedItems_stuck(), e);
        }
    }

    private boolean keepInside(EntryPath item, Path staged) throws IOException, InterruptedException {
        boolean isAll = true;
        for (String container : NewItem.CONTAINERS) {
            EntryPath inside = item.child(container.getBytes(StandardCharsets.UTF_8));
            for (Path child : MovedFiles.children(staged.resolve(container))) {
                EntryPath path = inside.child(RawNames.nameOf(child));
                if (sight.restores(path) && sight.isOpenTo(home, point, path) && maySecrets(path, child)) {
                    isAll &= keepInside(path, child);
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
