package io.jenkins.plugins.provenbackup.engine;

import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What a failure says to a user; some exceptions of the platform have a bare file name as their message. */
public final class Reason {

    private Reason() {}

    /** One line. */
    public static String of(Exception e) {
        if (e instanceof FileSystemException file && file.getFile() != null) {
            return of(file);
        }
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message.replace('\n', ' ');
    }

    private static String of(FileSystemException e) {
        String file = "'" + e.getFile() + "'";
        if (e instanceof NoSuchFileException) {
            return file + " does not exist.";
        } else if (e instanceof AccessDeniedException) {
            return "No permission for " + file + ".";
        } else if (e instanceof FileAlreadyExistsException) {
            return file + " exists already; it is left as it is. Choose another name or remove it.";
        } else if (e instanceof NotDirectoryException) {
            return file + " is no directory.";
        } else if (e instanceof DirectoryNotEmptyException) {
            return file + " is not empty.";
        }
        return file + ": " + (e.getReason() == null ? e.getClass().getSimpleName() : e.getReason());
    }
}
