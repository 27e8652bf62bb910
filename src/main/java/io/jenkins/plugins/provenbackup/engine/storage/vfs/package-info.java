/**
 * The verbs of a repository over any Commons VFS provider: connections, time-outs, temporary names.
 * Uses engine.storage and Commons VFS; it knows no protocol, a protocol is a package beside it that implements
 * VfsProtocol and VfsSession.
 * Start reading at {@link io.jenkins.plugins.provenbackup.engine.storage.vfs.VfsProtocol}.
 */
package io.jenkins.plugins.provenbackup.engine.storage.vfs;
