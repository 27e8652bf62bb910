/**
 * Bringing snapshots into a repository with other keys: each is read as a restore reads it and backed up as a backup writes
 * it. It uses the backup, the list of snapshots and the transfer. Start with {@link
 * io.jenkins.plugins.provenbackup.engine.copy.CopySnapshots}.
 */
package io.jenkins.plugins.provenbackup.engine.copy;
