package io.jenkins.plugins.provenbackup.engine.keys;

import io.jenkins.plugins.provenbackup.engine.OpenRequest;
import io.jenkins.plugins.provenbackup.engine.storage.StorageLocation;
import java.util.List;

/**
 * Where to create a repository.
 *
 * @param open the places and how to reach them; folders are made
 * @param passphrase of the first key slot; of an existing repository when one of the places holds one. The caller wipes it.
 * @param label what people know the key slot by
 */
public record InitRequest(OpenRequest open, char[] passphrase, String label) {

    List<StorageLocation> locations() {
        return open.locations();
    }
}
