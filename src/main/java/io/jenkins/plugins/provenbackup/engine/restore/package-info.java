/**
 * Getting files back: a whole snapshot into a directory, or one file or folder as a stream. It uses the target, the transfer and
 * what lies below them. Start with {@link io.jenkins.plugins.provenbackup.engine.restore.Restore}.
 */
package io.jenkins.plugins.provenbackup.engine.restore;
