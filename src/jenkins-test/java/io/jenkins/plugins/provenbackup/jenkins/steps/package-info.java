/** The steps on a real Jenkins, against real repositories. */
package io.jenkins.plugins.provenbackup.jenkins.steps;
