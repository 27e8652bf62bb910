package io.jenkins.plugins.provenbackup.engine.files;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * Deletes what this program made for itself, and nothing that a link in it leads to. It is not meant for directories that somebody
 * else writes to at the same time.
 */
public final class TreeDeletion {

    private TreeDeletion() {}

    /**
     * Deletes a file, a link, or a directory with all that is in it; nothing where nothing is. Restored directories may forbid even
     * their owner to change them, so they are made writable first.
     *
     * @throws IOException when something cannot be deleted; what was deleted before stays deleted
     */
    public static void run(Path tree) throws IOException {
        if (Files.isDirectory(tree, LinkOption.NOFOLLOW_LINKS)) {
            allow(tree);
            for (Path child : children(tree)) {
                run(child);
            }
        }
        Files.deleteIfExists(tree);
    }

    /** Read to the end at once, so that no directory stays open while those in it are deleted. */
    private static List<Path> children(Path directory) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory)) {
            found.forEach(children::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return children;
    }

    private static void allow(Path directory) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(directory, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view != null
                && !(Files.isReadable(directory) && Files.isWritable(directory) && Files.isExecutable(directory))) {
            view.setPermissions(PosixFilePermissions.fromString("rwx------"));
        }
    }
}
