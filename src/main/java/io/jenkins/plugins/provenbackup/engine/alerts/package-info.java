/**
 * What somebody must be told of: each alert is raised once, named right, and cleared when it is over. Pure functions of what was
 * remembered, of an observation and of its time; the webhook alone talks to anybody. Start with {@link
 * io.jenkins.plugins.provenbackup.engine.alerts.Watchman}.
 */
package io.jenkins.plugins.provenbackup.engine.alerts;
