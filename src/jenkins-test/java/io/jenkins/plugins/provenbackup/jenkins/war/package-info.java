/**
 * Tests against the real {@code jenkins.war} in a process of its own, with the {@code .hpi} that the default build made: class
 * loading, the class filter, agents and native libraries are what they are for an administrator. Start with {@link
 * io.jenkins.plugins.provenbackup.jenkins.war.RunningJenkins}.
 */
package io.jenkins.plugins.provenbackup.jenkins.war;
