/**
 * A JENKINS_HOME as a source: which part of it is what, and what of it is never worth keeping. It knows files only, no running
 * Jenkins, so the command line backs up a home in the same way. It uses the source package alone; start with {@link
 * io.jenkins.plugins.provenbackup.engine.source.home.JenkinsHomeSource}, and with {@link
 * io.jenkins.plugins.provenbackup.engine.source.home.HomeLayout} for the rules.
 */
package io.jenkins.plugins.provenbackup.engine.source.home;
