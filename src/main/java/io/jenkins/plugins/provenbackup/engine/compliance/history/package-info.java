/**
 * What became of a policy's promises over time: one observation follows on another, and what stays of them is bounded. Pure
 * functions of observations and a clock; it reads no destination. Start with {@link
 * io.jenkins.plugins.provenbackup.engine.compliance.history.PolicyHistory}.
 */
package io.jenkins.plugins.provenbackup.engine.compliance.history;
