package io.jenkins.plugins.provenbackup.engine.source;

import io.jenkins.plugins.provenbackup.engine.catalog.EntryPath;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Words an error of the file system as a problem of one entry. */
final class ReadFailure {

    private ReadFailure() {}

    static Problem ofEntry(EntryPath path, IOException cause) {
        return isGone(cause) ? vanished(path) : new Problem(path, Problem.Kind.UNREADABLE_ENTRY, text(path, cause));
    }

    static Problem ofDirectory(EntryPath path, IOException cause) {
        return isGone(cause) ? vanished(path) : new Problem(path, Problem.Kind.UNREADABLE_DIRECTORY, text(path, cause));
    }

    static Problem vanished(EntryPath path) {
        return new Problem(path, Problem.Kind.VANISHED, "'" + path + "' vanished while the backup was running");
    }

    static UnreadableItemException thrown(EntryPath path, IOException cause) {
        return new UnreadableItemException(ofEntry(path, cause), cause);
    }

    static UnreadableItemException thrown(Problem problem) {
        return new UnreadableItemException(problem, null);
    }

    /** Why, in words, without the path, whose text form may be wrong. */
    static String reason(IOException cause) {
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof NoSuchFileException) {
            return "there is no such file or directory";
        }
        if (cause instanceof NotDirectoryException) {
            return "it is not a directory";
        }
        if (cause instanceof FileSystemLoopException) {
            return "its links form a loop";
        }
        if (cause instanceof FileSystemException failed && failed.getReason() != null) {
            return failed.getReason();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static boolean isGone(IOException cause) {
        return cause instanceof NoSuchFileException || cause instanceof NotDirectoryException;
    }

    private static String text(EntryPath path, IOException cause) {
        return "cannot read '" + path + "': " + reason(cause);
    }
}
