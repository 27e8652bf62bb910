/**
 * A repository as read-only WebDAV (RFC 4918, class 1) and web pages on this machine's loopback, to browse and copy from. It
 * uses the parts of the engine and the list of snapshots. Start with
 * {@link io.jenkins.plugins.provenbackup.engine.serve.SnapshotServer}.
 */
package io.jenkins.plugins.provenbackup.engine.serve;
