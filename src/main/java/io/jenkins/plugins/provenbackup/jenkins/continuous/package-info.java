/**
 * Protects what people configure while they do so: listeners note what was saved, a worker makes recovery points of it. It uses the
 * configuration, the tasks that steps use, and the retention of schedules. Start with {@link
 * io.jenkins.plugins.provenbackup.jenkins.continuous.ContinuousProtection}.
 */
package io.jenkins.plugins.provenbackup.jenkins.continuous;
