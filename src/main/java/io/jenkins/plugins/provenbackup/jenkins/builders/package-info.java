/**
 * Build steps of freestyle projects, which do the same as the Pipeline steps and share their forms. They are no {@code SimpleBuildStep},
 * so Pipelines do not see them. Start with {@link io.jenkins.plugins.provenbackup.jenkins.builders.BackupBuilder}.
 */
package io.jenkins.plugins.provenbackup.jenkins.builders;
