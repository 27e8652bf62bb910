/**
 * Checking that what a repository promises is there and readable, mending one destination from another, and rebuilding lost
 * manifests. It uses the transfer and what lies below it. Start with {@link io.jenkins.plugins.provenbackup.engine.verify.Verify}.
 */
package io.jenkins.plugins.provenbackup.engine.verify;
