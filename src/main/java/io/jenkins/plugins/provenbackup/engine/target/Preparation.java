package io.jenkins.plugins.provenbackup.engine.target;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Makes the target ready before the first change, and gives the root its mode back after the last. Thread-safe. */
final class Preparation {

    private final Path root;
    private final RestoreOptions options;
    private final Directories directories;
    private volatile Optional<Prepared> prepared = Optional.empty();
    private volatile boolean rootFinished;

    Preparation(Path root, RestoreOptions options, Directories directories) {
        this.root = root;
        this.options = options;
        this.directories = directories;
    }

    /** Empty as long as nothing was changed. */
    Optional<Prepared> soFar() {
        return prepared;
    }

    Prepared ready() throws IOException {
        Optional<Prepared> known = prepared;
        return known.isPresent() ? known.get() : prepare();
    }

    /** The root has the snapshot's metadata now. */
    void rootFinished() {
        rootFinished = true;
    }

    /** Gives the root the mode that it had, or would have had, when the snapshot's never came. */
    void reopenRoot() throws IOException {
        Optional<Integer> mode = prepared.flatMap(ready -> ready.workspace().finalMode());
        if (!rootFinished && mode.isPresent()) {
            rootFinished = true;
            prepared.get().metadata().setMode(root, mode.get());
        }
    }

    private synchronized Prepared prepare() throws IOException {
        if (prepared.isEmpty()) {
            Workspace workspace = Workspace.prepare(root);
            directories.assume(workspace.origin());
            prepared = Optional.of(
                    new Prepared(workspace, new MetadataWriter(workspace.abilities(), options, workspace.origin())));
        }
        return prepared.get();
    }
}
