package io.jenkins.plugins.provenbackup.engine.storage.local;

import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** Turns what the operating system said into errors that tell the user what to do. */
final class LocalErrors {

    private final Path root;

    LocalErrors(Path root) {
        this.root = root;
    }

    /** {@code doing} is a phrase like "write archives/ab/abc"; {@code needed} the bytes that were to be written. */
    StorageException explain(IOException failure, String doing, long needed) {
        if (failure instanceof StorageException known) {
            return known;
        }
        String what = "Cannot " + doing + " at " + root + ": ";
        if (failure instanceof ClosedByInterruptException || failure instanceof InterruptedIOException) {
            return new StorageException(what + "interrupted", failure);
        }
        if (!Files.isDirectory(root)) {
            return missingRoot(root);
        }
        if (failure instanceof NoSuchFileException) {
            return new StorageException.Missing(what + "there is no such object");
        }
        String reason = reasonOf(failure);
        if (failure instanceof AccessDeniedException) {
            return new StorageException.AccessDenied(
                    what + "permission denied. Check owner and mode of the directory.", failure);
        }
        String words = reason.toLowerCase(Locale.ROOT);
        if (words.contains("read-only file system") || words.contains("operation not permitted") || isReadOnly()) {
            return new StorageException.AccessDenied(
                    what + reason + ". Check that the file system is mounted for writing and the directory not locked.",
                    failure);
        }
        if (words.contains("no space left") || words.contains("quota exceeded") || usableSpace() < needed) {
            return new StorageException.Full(
                    what + reason + ". Make room there: forget snapshots and prune, or enlarge it.", failure);
        }
        return new StorageException(what + reason, failure);
    }

    static void requireRoot(Path root) throws StorageException {
        if (!Files.isDirectory(root)) {
            throw missingRoot(root);
        }
    }

    static StorageException.Missing missingRoot(Path root) {
        return new StorageException.Missing("There is no directory " + root
                + ". Check the path and that its disk is mounted, or create a repository there with init.");
    }

    private static String reasonOf(IOException failure) {
        if (failure instanceof FileSystemException named && named.getReason() != null) {
            return named.getReason();
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    // The operating system's words depend on the user's language, so its state is asked too.
    private boolean isReadOnly() {
        try {
            return Files.getFileStore(root).isReadOnly();
        } catch (IOException e) {
            return false;
        }
    }

    private long usableSpace() {
        try {
            return Files.getFileStore(root).getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }
}
