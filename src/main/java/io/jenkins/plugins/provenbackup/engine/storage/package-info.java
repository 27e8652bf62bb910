/**
 * The few verbs that a repository needs of the place that holds it, for local directories and remote servers.
 * Uses the JDK, Commons VFS and the protocol libraries below it, and nothing else of the engine.
 * Start reading at {@link io.jenkins.plugins.provenbackup.engine.storage.Storage}, then
 * {@link io.jenkins.plugins.provenbackup.engine.storage.StorageFactory}.
 */
package io.jenkins.plugins.provenbackup.engine.storage;
