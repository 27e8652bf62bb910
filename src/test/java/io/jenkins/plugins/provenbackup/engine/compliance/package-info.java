/** Policies held against what is there. */
package io.jenkins.plugins.provenbackup.engine.compliance;
