/** Tests of the continuous protection of the configuration, in Jenkins. */
package io.jenkins.plugins.provenbackup.jenkins.continuous;
