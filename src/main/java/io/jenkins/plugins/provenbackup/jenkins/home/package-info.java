/**
 * The home of this Jenkins as something that is backed up, and the proof that it comes back: a restored copy is made harmless and
 * booted in a process of its own without a network. The process that boots has this package in it, too: what says so there is
 * {@link io.jenkins.plugins.provenbackup.jenkins.access.BootMode}. Uses the engine and the configuration. Start with {@link
 * io.jenkins.plugins.provenbackup.jenkins.home.BootTest}.
 */
package io.jenkins.plugins.provenbackup.jenkins.home;
