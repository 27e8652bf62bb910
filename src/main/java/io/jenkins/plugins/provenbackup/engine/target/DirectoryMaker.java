package io.jenkins.plugins.provenbackup.engine.target;

import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import io.jenkins.plugins.provenbackup.engine.target.Directories.Origin;
import io.jenkins.plugins.provenbackup.engine.target.Directories.Real;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Optional;

/** Makes directories, opens those that are there to their owner, and finishes both. Thread-safe for different entries. */
final class DirectoryMaker {

    private final Directories directories;
    private final Placement placement;

    DirectoryMaker(Directories directories, Placement placement) {
        this.directories = directories;
        this.placement = placement;
    }

    /** Makes a directory other than the root, or finds one that can be used. */
    void make(Node node, Prepared ready) throws IOException {
        Real parent = directories.parent(node);
        Path path = RawNames.resolve(parent.path(), node.path().name());
        if (parent.origin() == Origin.EXISTING) {
            Optional<Found> there = placement.clearForDirectory(node, path);
            if (there.isPresent()) {
                refuseOtherName(node, parent, path, ready);
                makeUsable(path, there.get(), ready);
                return;
            }
        }
        try {
            Workspace.makeDirectory(path);
        } catch (FileAlreadyExistsException collision) {
            directories.refuse(node.path());
            throw collision;
        }
        directories.created(node.path(), path);
    }

    /** Gives a directory, or the root, its metadata. */
    void finish(Node node, Prepared ready) throws IOException {
        Real directory = directories.require(node.path(), node.path());
        Found found = Prepared.found(node, directory.path());
        Fresh now = directory.origin() == Origin.CREATED && !node.path().isRoot()
                ? Fresh.created(found)
                : Fresh.existing(found);
        ready.metadata().apply(directory.path(), node, now);
    }

    private void refuseOtherName(Node node, Real parent, Path path, Prepared ready) throws IOException {
        if (ready.metadata().foldsCase() && Planner.isOtherName(parent.path(), path)) {
            directories.refuse(node.path());
            throw new FileAlreadyExistsException(path.toString());
        }
    }

    private static void makeUsable(Path path, Found directory, Prepared ready) throws IOException {
        Abilities abilities = ready.workspace().abilities();
        boolean ours = abilities.modes() && abilities.uid() != 0 && directory.uid() == abilities.uid();
        if (ours && (directory.mode() & Workspace.CLOSED) != Workspace.CLOSED) {
            ready.metadata().setMode(path, directory.mode() | Workspace.CLOSED);
        }
    }
}
