/** Tests of {@code jenkins.start} in a real Jenkins. */
package io.jenkins.plugins.provenbackup.jenkins.start;
