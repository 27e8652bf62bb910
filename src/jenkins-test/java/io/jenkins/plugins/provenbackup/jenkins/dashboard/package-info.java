/** The dashboard in a real Jenkins. */
package io.jenkins.plugins.provenbackup.jenkins.dashboard;
