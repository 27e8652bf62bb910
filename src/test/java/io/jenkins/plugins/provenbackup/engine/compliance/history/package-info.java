/** Histories by a clock. */
package io.jenkins.plugins.provenbackup.engine.compliance.history;
