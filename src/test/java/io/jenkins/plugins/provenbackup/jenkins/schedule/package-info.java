/** Tests of what policies do by themselves, as far as it needs no Jenkins. */
package io.jenkins.plugins.provenbackup.jenkins.schedule;
