package io.jenkins.plugins.provenbackup.engine.recovery;

import io.jenkins.plugins.provenbackup.engine.files.TreeDeletion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** A directory for one recovery test that only its owner can look into, deleted with all that it holds. For one thread. */
public final class Scratch {

    private final Path directory;

    private Scratch(Path directory) {
        this.directory = directory;
    }

    /** Makes one in another directory, which is made too when it is not there. */
    public static Scratch in(Path parent) throws IOException {
        Files.createDirectories(parent);
        return new Scratch(Files.createTempDirectory(parent.toRealPath(), "recovery-test-"));
    }

    /**
     * Makes one of a given name.
     *
     * @throws IOException when there is something of that name, or it cannot be made
     */
    public static Scratch make(Path directory) throws IOException {
        Files.createDirectories(directory.getParent());
        if (Files.getFileAttributeView(directory.getParent(), PosixFileAttributeView.class) == null) {
            return new Scratch(Files.createDirectory(directory));
        }
        return new Scratch(Files.createDirectory(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
    }

    /** One that was made before. */
    public static Scratch at(Path directory) {
        return new Scratch(directory);
    }

    public Path directory() {
        return directory;
    }

    /** Where the restored tree goes; it is not made yet. */
    public Path tree() {
        return directory.resolve("tree");
    }

    /** Deletes it, links themselves and never what they lead to; returns why something is left. */
    public Optional<String> delete() {
        try {
            TreeDeletion.run(directory);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("The scratch directory " + directory + " could not be deleted (" + e.getMessage()
                    + "). It holds restored data: delete it yourself.");
        }
    }
}
