package io.jenkins.plugins.provenbackup.engine;

import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The directories of this machine in which backups are stored: one that lies in the source would grow by itself with each run, and one
 * that lies where a restore deletes would be lost.
 */
public final class OwnDirectories {

    private OwnDirectories() {}

    /**
     * The real paths of those that are there.
     *
     * @param locations of destinations, of whatever kind
     */
    public static Set<Path> of(Stream<String> locations) {
        Set<Path> directories = new HashSet<>();
        locations.forEach(location -> add(location, directories));
        return directories;
    }

    private static void add(String text, Set<Path> directories) {
        try {
            StorageLocation location = StorageLocation.parse(text);
            if (location.isLocal()) {
                directories.add(Path.of(location.path()).toRealPath());
            }
        } catch (StorageException | InvalidPathException e) {
            // Messages have a name for it that is no location of this machine.
        } catch (IOException e) {
            // It is not there, so it holds nothing.
        }
    }
}
