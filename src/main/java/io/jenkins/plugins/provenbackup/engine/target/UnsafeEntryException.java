package io.jenkins.plugins.provenbackup.engine.target;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;

/** An entry was refused because writing it could lead out of the target, or destroy what must stay. */
public final class UnsafeEntryException extends TargetException {

    private static final long serialVersionUID = 1L;

    UnsafeEntryException(EntryPath path, String reason) {
        super(path, "'" + path + "' was refused: " + reason, null);
    }
}
