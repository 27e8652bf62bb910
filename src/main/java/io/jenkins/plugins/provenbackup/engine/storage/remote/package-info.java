/**
 * A VFS provider over the handful of calls that a simple protocol has: look, list, read, write, rename, delete.
 * Uses engine.storage, engine.storage.vfs and Commons VFS.
 * Start reading at {@link io.jenkins.plugins.provenbackup.engine.storage.remote.RemoteCalls}.
 */
package io.jenkins.plugins.provenbackup.engine.storage.remote;
