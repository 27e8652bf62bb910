/** Tests of {@code jenkins.access} in a real Jenkins. */
package io.jenkins.plugins.provenbackup.jenkins.access;
