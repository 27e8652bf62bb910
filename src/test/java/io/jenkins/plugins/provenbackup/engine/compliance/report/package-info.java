/** Reports for auditors. */
package io.jenkins.plugins.provenbackup.engine.compliance.report;
