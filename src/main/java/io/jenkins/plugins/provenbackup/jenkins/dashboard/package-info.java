/**
 * Whether everything is backed up, would restore, and how we know: looks at every policy every few minutes, keeps what it found,
 * tells whom it concerns, and shows it. No page and no scrape touches a destination. It uses the configuration, secrets and the
 * engine. Start with {@link io.jenkins.plugins.provenbackup.jenkins.dashboard.PolicyWatch}.
 */
package io.jenkins.plugins.provenbackup.jenkins.dashboard;
