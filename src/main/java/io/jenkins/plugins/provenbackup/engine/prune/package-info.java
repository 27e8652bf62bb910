/**
 * Gives back the space of what no snapshot needs any more, in two phases a day apart, so that nothing is lost to a backup that
 * runs meanwhile (repository format, sections 11 and 12). It uses the repository and what lies below it, and of the other
 * operations nothing. Start with {@link io.jenkins.plugins.provenbackup.engine.prune.Prune}.
 */
package io.jenkins.plugins.provenbackup.engine.prune;
