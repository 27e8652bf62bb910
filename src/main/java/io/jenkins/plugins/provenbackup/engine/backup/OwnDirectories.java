package io.jenkins.plugins.provenbackup.engine.backup;

import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** The directories of this machine that a backup writes to: one that lies in the source would grow by itself with each run. */
final class OwnDirectories {

    private OwnDirectories() {}

    /** Those of all destinations, reached or not; their real paths. */
    static Set<Path> of(BackupRequest request) {
        Set<Path> directories = new HashSet<>();
        Stream.concat(request.destinations().stream().map(Replica::location), request.unreachable().keySet().stream())
                .forEach(location -> add(location, directories));
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
