/** Tests of the continuous protection of the configuration, as far as it needs no Jenkins. */
package io.jenkins.plugins.provenbackup.jenkins.continuous;
