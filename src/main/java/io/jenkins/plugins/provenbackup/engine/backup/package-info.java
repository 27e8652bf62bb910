/**
 * Making a snapshot: the source is read, compared with its parent, and what is new goes to every destination at once; the
 * manifest comes last. It uses all parts of the engine, and of the operations only what the root package shares. Start with
 * {@link io.jenkins.plugins.provenbackup.engine.backup.Backup}.
 */
package io.jenkins.plugins.provenbackup.engine.backup;
