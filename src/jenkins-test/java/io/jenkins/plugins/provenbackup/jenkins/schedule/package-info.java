/** Tests of {@code jenkins.schedule} in a real Jenkins. */
package io.jenkins.plugins.provenbackup.jenkins.schedule;
