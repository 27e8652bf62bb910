/** Alerts over weeks, by a clock. */
package io.jenkins.plugins.provenbackup.engine.alerts;
