package io.jenkins.plugins.provenbackup.engine.target;

import io.jenkins.plugins.provenbackup.engine.attributes.NativeFiles;
import io.jenkins.plugins.provenbackup.engine.catalog.RawNames;
import io.jenkins.plugins.provenbackup.engine.target.Directories.Origin;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The target directory, made ready for writing. One that did not exist or was empty is closed to other users until it is
 * finished, so nobody can swap anything in it for a link while it is written.
 *
 * @param finalMode the mode to give the directory back when the snapshot has none for it; empty to leave it
 */
record Workspace(Path root, Origin origin, Abilities abilities, Optional<Integer> finalMode) {

    static final int CLOSED = 0700;

    static Workspace prepare(Path directory) throws IOException {
        boolean created = create(directory);
        Abilities abilities = Abilities.of(directory);
        if (!created && !Remover.isEmpty(directory)) {
            return new Workspace(directory, Origin.EXISTING, abilities, Optional.empty());
        }
        if (!abilities.modes()) {
            return new Workspace(directory, Origin.CREATED, abilities, Optional.empty());
        }
        if (created) {
            return new Workspace(directory, Origin.CREATED, abilities, Optional.of(0777 & ~abilities.umask()));
        }
        Found now = Found.at(directory.toRealPath()).orElseThrow(() -> new IOException(directory + " vanished"));
        try {
            Files.setAttribute(directory, "unix:mode", now.mode() & ~0777 | CLOSED);
        } catch (IOException somebodyElses) {
            return new Workspace(directory, Origin.EXISTING, abilities, Optional.empty());
        }
        return new Workspace(directory, Origin.CREATED, abilities, Optional.of(now.mode()));
    }

    private static boolean create(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return false;
        }
        Path parent = directory.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try {
            makeDirectory(directory);
            return true;
        } catch (FileAlreadyExistsException e) {
            throw new FileAlreadyExistsException(
                    directory.toString(), null, "it is there and no directory. Name another --target.");
        }
    }

    static void makeDirectory(Path directory) throws IOException {
        Optional<NativeFiles> files = NativeFiles.ofThisSystem();
        if (files.isPresent()) {
            files.get().makeDirectory(RawNames.bytesOf(directory), CLOSED);
        } else {
            Files.createDirectory(directory, closed(directory));
        }
    }

    private static FileAttribute<?>[] closed(Path directory) {
        return directory.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }
}
