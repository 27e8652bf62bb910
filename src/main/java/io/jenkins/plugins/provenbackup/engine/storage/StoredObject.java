package io.jenkins.plugins.provenbackup.engine.storage;

import java.time.Instant;

/**
 * One object as a listing shows it.
 *
 * @param name name relative to the storage's root
 * @param size bytes
 * @param modified the storage's own time stamp; {@link Instant#EPOCH} where it has none
 */
public record StoredObject(String name, long size, Instant modified) {}
