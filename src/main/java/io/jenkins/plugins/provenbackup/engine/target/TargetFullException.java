package io.jenkins.plugins.provenbackup.engine.target;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import java.nio.file.Path;

/** The target's file system or quota has no space left, so no further entry can be restored either. */
public final class TargetFullException extends TargetException {

    private static final long serialVersionUID = 1L;

    TargetFullException(EntryPath path, Path target, Throwable cause) {
        super(
                path,
                "no space left at " + target + " when '" + path
                        + "' was restored. Free space or choose another target; a"
                        + " restore with --overwrite if-changed goes on where this one stopped.",
                cause);
    }
}
