/**
 * Backups that policies ask for by themselves, at their times, without a job: the home of this Jenkins. It uses the configuration,
 * secrets and the engine. Start with {@link io.jenkins.plugins.provenbackup.jenkins.schedule.ScheduledBackups}.
 */
package io.jenkins.plugins.provenbackup.jenkins.schedule;
