/**
 * Who may do what: permissions, which jobs may use what an administrator configured, and which source belongs to whom. It uses
 * nothing else of the plugin. Start with {@link io.jenkins.plugins.provenbackup.jenkins.access.JobAccess}.
 */
package io.jenkins.plugins.provenbackup.jenkins.access;
