/**
 * Proving that a snapshot comes back: a real restore into a scratch directory, compared with the catalog from the disk, checked
 * by the user's own commands, timed and recorded; and the page that tells people at each destination how to recover. It uses
 * the restore and what lies below it. Start with {@link io.jenkins.plugins.provenbackup.engine.recovery.RecoveryTest}.
 */
package io.jenkins.plugins.provenbackup.engine.recovery;
