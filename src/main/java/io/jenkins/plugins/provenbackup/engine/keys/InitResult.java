package io.jenkins.plugins.provenbackup.engine.keys;

import io.jenkins.plugins.provenbackup.engine.crypto.RepositoryId;
import java.util.List;

/**
 * What init did.
 *
 * @param repository which repository
 * @param created locations that hold it now and did not before
 * @param existing locations that held it already
 */
public record InitResult(RepositoryId repository, List<String> created, List<String> existing) {
    public InitResult {
        created = List.copyOf(created);
        existing = List.copyOf(existing);
    }
}
