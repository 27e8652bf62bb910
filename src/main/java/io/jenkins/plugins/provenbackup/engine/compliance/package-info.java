/**
 * Holding policies against what destinations really hold and what recovery tests measured: it gathers the facts, the policy
 * package judges them. It uses the listing of snapshots, the policy and the repository. Start with {@link
 * io.jenkins.plugins.provenbackup.engine.compliance.CheckPolicy}.
 */
package io.jenkins.plugins.provenbackup.engine.compliance;
