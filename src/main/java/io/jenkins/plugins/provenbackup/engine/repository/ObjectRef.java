package io.jenkins.plugins.provenbackup.engine.repository;

import io.jenkins.plugins.provenbackup.engine.storage.ObjectHash;

/**
 * An archive or a catalog object as a manifest names it.
 *
 * @param hash its SHA-256
 * @param size bytes
 */
public record ObjectRef(ObjectHash hash, long size) {}
