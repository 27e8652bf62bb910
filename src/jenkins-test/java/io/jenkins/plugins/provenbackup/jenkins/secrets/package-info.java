/** Tests of {@code jenkins.secrets} in a real Jenkins. */
package io.jenkins.plugins.provenbackup.jenkins.secrets;
