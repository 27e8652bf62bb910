/**
 * Bringing one destination what others have: whole repositories, or the snapshots that a destination missed, encrypted as
 * they are and without any key. It uses the transfer and the repository. Start with {@link
 * io.jenkins.plugins.provenbackup.engine.replicate.Replicate}.
 */
package io.jenkins.plugins.provenbackup.engine.replicate;
