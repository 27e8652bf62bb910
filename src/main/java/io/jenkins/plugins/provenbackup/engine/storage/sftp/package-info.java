/**
 * SFTP, host keys always checked.
 * Uses engine.storage, engine.storage.vfs, Commons VFS and JSch.
 * Start reading at {@link io.jenkins.plugins.provenbackup.engine.storage.sftp.SftpProtocol}.
 */
package io.jenkins.plugins.provenbackup.engine.storage.sftp;
