package io.jenkins.plugins.provenbackup.engine.target;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

/** Says what a failure in this target means. */
record Failures(Path root) {

    TargetException of(EntryPath path, IOException cause) {
        if (cause instanceof FileAlreadyExistsException) {
            return new UnsafeEntryException(
                    path,
                    "the target has an entry of that name already; a file system may take two names for the same");
        }
        return FreeSpace.isExhausted(root, cause)
                ? new TargetFullException(path, root, cause)
                : TargetException.of(path, cause);
    }
}
