/**
 * The Pipeline steps {@code backup}, {@code restore} and {@code verifyRestore}: what was typed, and executions that work in the
 * background, can be stopped, and go on after a restart of the controller. What they do is in {@code jenkins.execution}. Start with
 * {@link io.jenkins.plugins.provenbackup.jenkins.steps.BackupStep}.
 */
package io.jenkins.plugins.provenbackup.jenkins.steps;
