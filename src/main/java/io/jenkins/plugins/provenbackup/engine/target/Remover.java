package io.jenkins.plugins.provenbackup.engine.target;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * Deletes trees without following links and without entering other file systems, like {@code rm -r --one-file-system}.
 * Where the system allows, it works on open directories, so that a directory swapped for a link meanwhile leads nowhere.
 */
final class Remover {

    private Remover() {}

    static boolean isEmpty(Path directory) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            return names(entries).isEmpty();
        }
    }

    /** Deletes an entry of a directory, which is no link, with all that it holds. */
    static void delete(Path directory, Path name) throws IOException {
        Object device = device(directory);
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            if (stream instanceof SecureDirectoryStream<Path> secure) {
                delete(secure, name, directory.resolve(name), device);
            } else {
                delete(directory.resolve(name), device);
            }
        }
    }

    private static void delete(SecureDirectoryStream<Path> parent, Path name, Path full, Object device)
            throws IOException {
        BasicFileAttributes attributes = parent.getFileAttributeView(
                        name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
        if (!attributes.isDirectory()) {
            parent.deleteFile(name);
            return;
        }
        requireSameDevice(full, device);
        try (SecureDirectoryStream<Path> directory = parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
            for (Path child : names(directory)) {
                delete(directory, child, full.resolve(child), device);
            }
        }
        parent.deleteDirectory(name);
    }

    private static void delete(Path path, Object device) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            requireSameDevice(path, device);
            List<Path> names;
            try (DirectoryStream<Path> directory = Files.newDirectoryStream(path)) {
                names = names(directory);
            }
            for (Path child : names) {
                delete(path.resolve(child), device);
            }
        }
        Files.delete(path);
    }

    static List<Path> names(DirectoryStream<Path> directory) throws IOException {
        List<Path> names = new ArrayList<>();
        try {
            directory.forEach(child -> names.add(child.getFileName()));
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    private static void requireSameDevice(Path path, Object device) throws IOException {
        if (!device(path).equals(device)) {
            throw new IOException("another file system is mounted at " + path + "; unmount it or leave it out");
        }
    }

    private static Object device(Path path) throws IOException {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix")
                ? Files.getAttribute(path, "unix:dev", LinkOption.NOFOLLOW_LINKS)
                : Files.getFileStore(path);
    }
}
