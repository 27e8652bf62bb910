/**
 * Gets things back out of the backups of JENKINS_HOME by clicks: shows recovery points to whoever may see what is in them, and
 * restores files, jobs, folders and homes. It uses access, secrets, configuration and the engine. Start with {@link
 * io.jenkins.plugins.provenbackup.jenkins.timemachine.TimeMachine} for the pages, and with {@link
 * io.jenkins.plugins.provenbackup.jenkins.timemachine.ItemRestore} for what a restore does to a job.
 */
package io.jenkins.plugins.provenbackup.jenkins.timemachine;
