package io.jenkins.plugins.provenbackup.engine.target;

import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.target.Directories.Origin;
import java.io.IOException;
import java.nio.file.Path;

/** A target that is ready to be written to. */
record Prepared(Workspace workspace, MetadataWriter metadata) {

    /** In a tree of our own it is known what a new entry is like; elsewhere its directory has a say. */
    Fresh fresh(Node node, Path path, int mode) throws IOException {
        return workspace.origin() == Origin.CREATED
                ? Fresh.created(mode & ~workspace.abilities().umask(), workspace.abilities())
                : Fresh.created(found(node, path));
    }

    static Found found(Node node, Path path) throws IOException {
        return Found.at(path).orElseThrow(() -> new UnsafeEntryException(node.path(), "it vanished from the target"));
    }
}
