package io.jenkins.plugins.provenbackup.engine.target;

import io.jenkins.plugins.provenbackup.engine.catalog.Node;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import io.jenkins.plugins.provenbackup.engine.target.Directories.Real;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Puts entries under their final names and removes what may be in the way there. Thread-safe for different entries. */
final class Placement {

    private final RestoreOptions options;
    private final Directories directories;

    Placement(RestoreOptions options, Directories directories) {
        this.options = options;
        this.directories = directories;
    }

    /** Makes one entry at a path where nothing is. */
    @FunctionalInterface
    interface Maker {
        void make(Path path) throws IOException;
    }

    boolean namesAtOnce(Real parent) {
        return options.isNamedAtOnce(parent);
    }

    /** Makes a link: at once where only our own entries are, else under a temporary name. */
    void place(Node node, Real parent, Maker maker) throws IOException {
        Path path = RawNames.resolve(parent.path(), node.path().name());
        if (options.isNamedAtOnce(parent)) {
            maker.make(path);
            return;
        }
        Path temporary = TemporaryName.in(parent.path());
        try {
            maker.make(temporary);
            rename(node, parent, temporary, path);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Gives a finished entry its final name, replacing what may be replaced. */
    void rename(Node node, Real parent, Path written, Path path) throws IOException {
        Optional<Found> there = Found.at(path);
        if (there.isPresent() && options.overwrite() == Overwrite.NEVER) {
            throw new UnsafeEntryException(node.path(), "something is there, and --overwrite never protects it");
        }
        if (there.isPresent() && there.get().is(Found.Type.DIRECTORY)) {
            removeDirectory(node, parent, path);
        }
        Files.move(written, path, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Makes a directory's place free, or finds it one already. */
    Optional<Found> clearForDirectory(Node node, Path path) throws IOException {
        Optional<Found> there = Found.at(path);
        if (there.isEmpty() || there.get().is(Found.Type.DIRECTORY)) {
            return there;
        }
        if (options.overwrite() == Overwrite.NEVER) {
            directories.refuse(node.path());
            throw new UnsafeEntryException(
                    node.path(), "the target has something else in the place of this directory, and it stays");
        }
        Files.delete(path);
        return Optional.empty();
    }

    private void removeDirectory(Node node, Real parent, Path path) throws IOException {
        if (options.unlisted() != Unlisted.DELETE && !Remover.isEmpty(path)) {
            throw new UnsafeEntryException(
                    node.path(), "a directory that is not empty is in its place. --delete removes such directories.");
        }
        try {
            Remover.delete(parent.path(), path.getFileName());
        } finally {
            directories.forget();
        }
    }
}
