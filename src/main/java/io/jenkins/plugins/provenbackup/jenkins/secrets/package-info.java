/**
 * Turns credentials of Jenkins into what the engine needs: log-ins at destinations, and keys, each for as long as it is needed.
 * It uses {@code jenkins.access}. Start with {@link io.jenkins.plugins.provenbackup.jenkins.secrets.DestinationAccess} and {@link
 * io.jenkins.plugins.provenbackup.jenkins.secrets.ControllerKeys}.
 */
package io.jenkins.plugins.provenbackup.jenkins.secrets;
