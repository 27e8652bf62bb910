package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import io.jenkins.plugins.provenbackup.engine.files.TreeDeletion;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Puts restored files and directories in their places: each appears there complete, and never over anything. */
final class MovedFiles {

    private MovedFiles() {}

    /**
     * Moves a file or a directory with all that it holds.
     *
     * @throws FileAlreadyExistsException when there is something at its place
     */
    static void move(Path from, Path to) throws IOException {
        requireFree(to);
        Files.createDirectories(to.getParent());
        try {
            place(from, to);
        } catch (AtomicMoveNotSupportedException e) {
            // On another disk: a copy beside the place under a name that Jenkins passes over, then the same again.
            Path beside = to.resolveSibling(".proven-backup-" + to.getFileName());
            TreeDeletion.run(beside);
            copy(from, beside);
            try {
                place(beside, to);
            } finally {
                TreeDeletion.run(beside);
            }
            TreeDeletion.run(from);
        }
    }

    /**
     * Moves within a disk, also where Jenkins makes something of that name at this moment. A rename replaces a file without a
     * word, so a file gets a second name, which fails when that is taken. A directory replaces nothing but an empty one.
     */
    private static void place(Path from, Path to) throws IOException {
        if (Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
            rename(from, to);
            return;
        }
        try {
            if (Files.isSymbolicLink(from)) {
                Files.createSymbolicLink(to, Files.readSymbolicLink(from));
            } else {
                Files.createLink(to, from);
            }
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            // No second names here, or on another disk, which the rename tells.
            requireFree(to);
            rename(from, to);
            return;
        }
        Files.delete(from);
    }

    private static void rename(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw e;
        } catch (FileSystemException e) {
            requireFree(to);
            throw e;
        }
    }

    private static void requireFree(Path place) throws FileAlreadyExistsException {
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(place.toString());
        }
    }

    /** Moves what a directory holds into another, which need not be there; what is there already stays as it is. */
    static void moveContents(Path from, Path to) throws IOException {
        for (Path one : children(from)) {
            Path place = to.resolve(one.getFileName());
            if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                move(one, place);
            } else if (Files.isDirectory(one, LinkOption.NOFOLLOW_LINKS)
                    && Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
                moveContents(one, place);
            }
        }
    }

    /** What a directory holds; nothing where there is none. */
    static List<Path> children(Path directory) throws IOException {
        List<Path> children = new ArrayList<>();
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(directory)) {
                found.forEach(children::add);
            }
        }
        children.sort(null);
        return children;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Files.copy(
                        directory,
                        to.resolve(from.relativize(directory).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(
                        file,
                        to.resolve(from.relativize(file).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES,
                        LinkOption.NOFOLLOW_LINKS);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
