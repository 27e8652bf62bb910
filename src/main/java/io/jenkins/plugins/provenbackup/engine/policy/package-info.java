/**
 * What policies ask for, as pure functions of data with the clock passed in: which snapshots are kept, and later objectives
 * and compliance. It may use records of the repository, never a destination. Start reading at {@link
 * io.jenkins.plugins.provenbackup.engine.policy.RetentionRules}.
 */
package io.jenkins.plugins.provenbackup.engine.policy;
