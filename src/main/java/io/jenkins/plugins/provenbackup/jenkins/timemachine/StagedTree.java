package io.jenkins.plugins.provenbackup.jenkins.timemachine;

import io.jenkins.plugins.provenbackup.engine.files.TreeDeletion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A private directory in the home, but outside of {@code jobs}, that things are restored to before they are put in their places. It
 * lies where no backup looks, and is deleted with all that is left in it.
 */
final class StagedTree implements AutoCloseable {

    private final Path directory;

    private StagedTree(Path directory) {
        this.directory = directory;
    }

    /** A new one. */
    static StagedTree in(Path home, String id) throws IOException {
        Path scratch = Files.createDirectories(home.resolve("proven-backup").resolve("scratch"));
        Path made = scratch.resolve("restore-" + id);
        if (made.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectory(
                    made, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectory(made);
        }
        return new StagedTree(made);
    }

    /** Where the tree goes; not there yet. */
    Path tree() {
        return directory.resolve("tree");
    }

    @Override
    public void close() throws IOException {
        TreeDeletion.run(directory);
    }
}
