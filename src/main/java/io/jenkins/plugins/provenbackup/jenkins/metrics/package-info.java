/**
 * What backups, restores and recovery tests did, kept with each build and shown: on the build's page, as a trend of the job, as
 * JSON and as Prometheus text. Builds on {@code results}, which has the numbers, and {@code engine.charts}, which draws.
 * Start with {@link io.jenkins.plugins.provenbackup.jenkins.metrics.BackupMetricsAction}.
 */
package io.jenkins.plugins.provenbackup.jenkins.metrics;
