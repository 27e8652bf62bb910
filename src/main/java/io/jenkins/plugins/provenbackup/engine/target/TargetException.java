package io.jenkins.plugins.provenbackup.engine.target;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/** One entry could not be restored; the others can, unless it is a {@link TargetFullException}. */
public sealed class TargetException extends IOException permits UnsafeEntryException, TargetFullException {

    private static final long serialVersionUID = 1L;

    private final transient EntryPath path;

    TargetException(EntryPath path, String message, Throwable cause) {
        super(message, cause);
        this.path = path;
    }

    /** The entry that was not restored; the root when the target itself is at fault. */
    public EntryPath path() {
        return path == null ? EntryPath.ROOT : path;
    }

    static TargetException of(EntryPath path, IOException cause) {
        if (cause instanceof TargetException known) {
            return known;
        }
        return new TargetException(path, "'" + path + "' was not restored: " + reason(cause), cause);
    }

    private static String reason(IOException cause) {
        if (cause instanceof AccessDeniedException) {
            return "permission denied. Restore as a user who may write there, or to another target.";
        }
        if (cause instanceof FileSystemException e && e.getReason() != null) {
            return e.getReason();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
