package io.jenkins.plugins.provenbackup.engine.prune;

import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.time.Instant;
import java.util.Optional;

/** Until when a storage keeps an object by itself, so that deleting it would only hide it. */
interface Locks {

    /** No storage keeps anything. */
    Locks NONE = (replica, object) -> Optional.empty();

    /** The date of an object that is there; empty when it may be deleted at any time. */
    Optional<Instant> until(Replica replica, String object) throws StorageException;
}
