package io.jenkins.plugins.provenbackup.engine.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a storage can do that keeps objects by itself, whatever its clients ask for (immutable storage, S3 Object Lock). Until
 * its date has passed an object cannot be destroyed by the account that wrote it. Safe for several threads; errors are those
 * of {@link Storage}.
 */
public interface Retention {

    /** How long new snapshots are to be kept at this destination; empty when nobody asked for it. */
    Optional<Duration> period();

    /**
     * Keeps an object at least until then. A date that is there already is never shortened.
     *
     * @return the date that now holds, never before {@code until}
     * @throws StorageException.Missing when there is no such object
     * @throws StorageException when the storage refuses, or cannot keep this object
     */
    Instant retainUntil(String name, Instant until) throws StorageException;

    /**
     * Until when the storage keeps an object; empty when it may be deleted at any time.
     *
     * @throws StorageException.Missing when there is no such object
     */
    Optional<Instant> retainedUntil(String name) throws StorageException;
}
