/**
 * What policies do by themselves, at their times and without a job: backups of what the controller reads, recovery tests, and letting go
 * of what is not kept; with a record, a log and a page for each run. It uses the configuration, secrets, the tasks that steps use, and
 * the engine. Start with {@link io.jenkins.plugins.provenbackup.jenkins.schedule.PolicySchedules}.
 */
package io.jenkins.plugins.provenbackup.jenkins.schedule;
