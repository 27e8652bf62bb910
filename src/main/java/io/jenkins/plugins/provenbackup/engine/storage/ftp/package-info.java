/**
 * FTP, plain and over TLS (RFC 959, 2389, 3659, 4217), in passive mode.
 * Uses engine.storage, engine.storage.remote, engine.storage.tls, engine.storage.vfs, Commons VFS and Commons Net.
 * Start reading at {@link io.jenkins.plugins.provenbackup.engine.storage.ftp.FtpProtocol}.
 */
package io.jenkins.plugins.provenbackup.engine.storage.ftp;
