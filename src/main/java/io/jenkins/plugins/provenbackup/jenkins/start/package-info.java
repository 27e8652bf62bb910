/**
 * The guided page from nothing to a first verified backup of this Jenkins, and the page that creates and imports keys. It uses
 * the configuration, secrets and the engine. Start with {@link io.jenkins.plugins.provenbackup.jenkins.start.GuidedStart}.
 */
package io.jenkins.plugins.provenbackup.jenkins.start;
