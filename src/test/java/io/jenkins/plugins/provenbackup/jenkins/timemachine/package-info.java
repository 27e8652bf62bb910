/** Tests of what the time machine does without a Jenkins. */
package io.jenkins.plugins.provenbackup.jenkins.timemachine;
