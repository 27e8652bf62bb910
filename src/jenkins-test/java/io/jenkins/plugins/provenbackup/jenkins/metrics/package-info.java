/** Metrics of builds, kept and shown by a real Jenkins. */
package io.jenkins.plugins.provenbackup.jenkins.metrics;
