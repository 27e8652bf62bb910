package io.jenkins.plugins.provenbackup.jenkins.configuration;

import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import io.jenkins.plugins.provenbackup.engine.storage.kinds.StorageFactory;
import java.nio.file.Path;

/** Reads the locations that people type. */
final class Locations {

    private Locations() {}

    /** Whether it is a path of a machine, as far as it can be understood. */
    static boolean isLocal(String text) {
        try {
            return StorageLocation.parse(text).isLocal();
        } catch (StorageException e) {
            return false;
        }
    }

    /**
     * Reads one that a repository can lie at.
     *
     * @throws IllegalArgumentException in words for the user
     */
    static StorageLocation checked(String text) {
        StorageLocation location;
        try {
            location = StorageLocation.parse(text);
        } catch (StorageException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        if (!StorageFactory.supportedSchemes().contains(location.scheme())) {
            throw new IllegalArgumentException(Messages.Locations_unknownScheme(
                    location.scheme(), String.join(", ", StorageFactory.supportedSchemes())));
        }
        if (location.isLocal() && !Path.of(location.path()).isAbsolute()) {
            throw new IllegalArgumentException(Messages.Locations_relative());
        }
        return location;
    }
}
