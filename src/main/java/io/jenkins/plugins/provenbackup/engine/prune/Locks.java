package io.jenkins.plugins.provenbackup.engine.prune;

import io.jenkins.plugins.provenbackup.engine.repository.Replica;
import io.jenkins.plugins.provenbackup.engine.storage.Retention;
import io.jenkins.plugins.provenbackup.engine.storage.StorageException;
import java.time.Instant;
import java.util.Optional;

/** Until when a storage keeps an object by itself, so that deleting it would only hide it. */
interface Locks {

    /** As the storages tell. */
    Locks OF_STORAGE = (replica, object) -> {
        Optional<Retention> retention = replica.storage().retention();
        return retention.isPresent() ? retention.get().retainedUntil(object) : Optional.empty();
    };

    /** The date of an object that is there; empty when it may be deleted at any time. */
    Optional<Instant> until(Replica replica, String object) throws StorageException;
}
