/**
 * The few verbs that a repository needs of the place that holds it, and what all kinds of places share.
 * Uses the JDK and nothing else of the engine; each kind of storage has a package of its own below this one.
 * Start reading at {@link io.jenkins.plugins.provenbackup.engine.storage.Storage}, then {@link io.jenkins.plugins.provenbackup.engine.storage.kinds.StorageFactory}.
 */
package io.jenkins.plugins.provenbackup.engine.storage;
