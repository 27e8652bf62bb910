/** Tests of the time machine in a real Jenkins. */
package io.jenkins.plugins.provenbackup.jenkins.timemachine;
