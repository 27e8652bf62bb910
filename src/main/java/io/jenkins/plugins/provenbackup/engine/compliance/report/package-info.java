/**
 * What an auditor reads: what was promised, what happened, and each failure with its begin and end. A pure function of a history.
 * Start with {@link io.jenkins.plugins.provenbackup.engine.compliance.report.AuditReport}.
 */
package io.jenkins.plugins.provenbackup.engine.compliance.report;
