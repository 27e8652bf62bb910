/**
 * What an administrator configures: destinations, keys of repositories and policies, on the page Manage Jenkins, System and as
 * code. It uses {@code jenkins.access}, {@code jenkins.secrets} and the engine. Start with {@link
 * io.jenkins.plugins.provenbackup.jenkins.configuration.ProvenBackupConfiguration}.
 */
package io.jenkins.plugins.provenbackup.jenkins.configuration;
