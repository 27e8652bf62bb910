/**
 * The procedure to recover, as text for people: what is protected, where the copies are, who is to be called, and the commands
 * that restore without Jenkins. It uses policies and facts, and writes nothing itself. Start with {@link
 * io.jenkins.plugins.provenbackup.engine.policy.runbook.Runbook}.
 */
package io.jenkins.plugins.provenbackup.engine.policy.runbook;
