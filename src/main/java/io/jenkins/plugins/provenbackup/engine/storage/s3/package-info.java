/**
 * S3 and what speaks its protocol, through the AWS SDK: objects written once by conditional puts, ranges, versions, Object
 * Lock; and a thin Commons VFS provider over the same bucket for those who want a tree of files.
 * Uses engine.storage, its tls and vfs, Commons VFS and the AWS SDK, which no other package may see.
 * Start reading at {@link io.jenkins.plugins.provenbackup.engine.storage.s3.S3Storage}.
 */
package io.jenkins.plugins.provenbackup.engine.storage.s3;
