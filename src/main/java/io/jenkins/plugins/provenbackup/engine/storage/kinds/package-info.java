/**
 * All kinds of storage, chosen by the scheme of a location.
 * Uses every package of engine.storage, none of which knows it.
 * Start reading at {@link io.jenkins.plugins.provenbackup.engine.storage.kinds.StorageFactory}.
 */
package io.jenkins.plugins.provenbackup.engine.storage.kinds;
