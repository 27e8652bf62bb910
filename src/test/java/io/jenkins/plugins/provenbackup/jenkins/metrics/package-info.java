/** That pages, JSON and Prometheus text say what the reports say. */
package io.jenkins.plugins.provenbackup.jenkins.metrics;
